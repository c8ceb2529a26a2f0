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
 * @param read the body, where somebody read it already
 * @throws Problem key.missing, key.unknown, session.ended, token.invalid, credentials.two, site.foreign, and what a form and its signature can be refused for
 */
export async function authenticated(
  routed: Routed | Problem,
  account: AccountDeps,
  request: Request,
  read?: UploadForm,
): Promise<Authenticated> {
  const signing = signingOf(routed, request);
  const caller = await authenticatedByHeaders(routed, account, request);
  // A session or token is proof of another kind: no form is looked at for it.
  if (!signing || (caller && isKnownOtherwise(account, request))) {
    return { caller: caller ?? NOBODY, ...(read && { form: read }) };
  }
  return byForm(signing, account, request, { keyHolder: caller, form: read ?? (await readForm(request)) });
}

/**
 * What can be known of a caller before the body is read.
 * @returns undefined for a form without a key, which may carry its own signature
 * @throws Problem as `authenticated`, but for forms
 */
export async function authenticatedByHeaders(
  routed: Routed | Problem,
  account: AccountDeps,
  request: Request,
): Promise<Caller | undefined> {
  if (!(routed instanceof Problem) && 'public' in routed.operation.access) return NOBODY;
  const authorization = request.headers.get('authorization');
  const secret = account.people && readCookie(request);
  if (account.people && secret !== undefined) return bySession(account.people, secret, request, authorization);
  if (account.people && isBearer(authorization)) return authenticateToken(account.people, authorization);
  if (authorization === null && signingOf(routed, request)) return undefined;
  return authenticate(authorization, account);
}

/** How the form of a request may be signed. @returns undefined where it may not, or is no form */
function signingOf(routed: Routed | Problem, request: Request): FormSigning | undefined {
  const access = routed instanceof Problem ? undefined : routed.operation.access;
  return access && 'signed' in access && isForm(request) ? access.signed : undefined;
}

const isKnownOtherwise = ({ people }: AccountDeps, request: Request): boolean =>
  people !== undefined && (readCookie(request) !== undefined || isBearer(request.headers.get('authorization')));

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
  { keyHolder, form }: { readonly keyHolder: Caller | undefined; readonly form: UploadForm },
): Promise<Authenticated> {
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
