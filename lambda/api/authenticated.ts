import { authenticate, NOBODY } from '../core/accounts/authenticate.ts';
import { authenticateSession } from '../core/accounts/sessions/authenticate-session.ts';
import { authenticateToken, isBearer } from '../core/accounts/sign-in/authenticate-token.ts';
import type { FormSigning } from '../core/accounts/signed-uploads/authenticate-form.ts';
import { authenticateForm, isSigned, SIGNING_FIELDS } from '../core/accounts/signed-uploads/authenticate-form.ts';
import type { Caller } from '../core/kernel/caller.ts';
import { Problem, problem } from '../core/kernel/problems.ts';
import type { UploadForm } from '../core/library/upload-form.ts';
import { isFromBrowser } from './cross-site.ts';
import type { AccountDeps } from './deps.ts';
import { readForm } from './form-body.ts';
import type { Routed } from './routing.ts';
import { readCookie, requireOwnPage } from './session-cookie.ts';
import { verifyToken } from './verify-token.ts';

export interface Authenticated {
  readonly caller: Caller;
  /** The body, when the caller was found by it; without what signed it. */
  readonly form?: UploadForm;
}

/**
 * Who makes a call: nobody for a public operation, the holder of a ticket for a signed form, otherwise the key's caller. No
 * byte of a body is read but of a form that may carry a signature.
 * @throws Problem key.missing, key.unknown, session.ended, token.invalid, credentials.two, site.foreign, and what a form and its signature can be refused for
 */
export async function authenticated(
  routed: Routed | Problem,
  account: AccountDeps,
  request: Request,
): Promise<Authenticated> {
  const access = routed instanceof Problem ? undefined : routed.operation.access;
  if (access && 'public' in access) return { caller: NOBODY };
  const authorization = request.headers.get('authorization');
  const secret = account.people && readCookie(request);
  if (account.people && secret !== undefined) {
    return { caller: await bySession(account.people, secret, request, authorization) };
  }
  if (account.people && isBearer(authorization)) {
    return { caller: await authenticateToken(account.people, authorization) };
  }
  if (access?.signed && isForm(request)) return byForm(access.signed, account, request, authorization);
  return { caller: await authenticate(authorization, account) };
}

/** A call with two proofs is refused: what they disagree in would be decided by whichever is looked at first. */
async function bySession(
  people: NonNullable<AccountDeps['people']>,
  secret: string,
  request: Request,
  authorization: string | null,
): Promise<Caller> {
  if (authorization !== null) throw problem('credentials.two', 'A call has a session, or a key or token, not both.');
  requireOwnPage(request);
  return authenticateSession(people, secret);
}

const isForm = ({ headers }: Request): boolean => /^multipart\/form-data\b/i.test(headers.get('content-type') ?? '');

async function byForm(
  signing: FormSigning,
  account: AccountDeps,
  request: Request,
  authorization: string | null,
): Promise<Authenticated> {
  const keyHolder = authorization === null ? undefined : await authenticate(authorization, account);
  const form = await readForm(request);
  const signed = isSigned(signing, form.fields);
  if (keyHolder && signed) {
    throw problem('upload.signature', 'An upload has the private key or a signature, not both.');
  }
  if (keyHolder) return { caller: keyHolder, form };
  if (!signed) throw unsigned(signing, request);
  return {
    caller: await authenticateForm({ ...account, verifyToken }, signing, form.fields),
    form: withoutSignature(form, signing),
  };
}

function withoutSignature(form: UploadForm, signing: FormSigning): UploadForm {
  const fields = new Map([...form.fields].filter(([name]) => !SIGNING_FIELDS[signing].includes(name)));
  return { ...form, fields };
}

/** A browser is never told to send the private key. */
function unsigned(signing: FormSigning, request: Request): Problem {
  const names = SIGNING_FIELDS[signing].join(', ');
  const signed = `a form that your server signed has ${names}`;
  if (isFromBrowser(request)) return problem('key.missing', `This form is not signed: ${signed}.`);
  return problem('key.missing', `Send the private key as the user name of HTTP Basic authentication; ${signed}.`);
}
