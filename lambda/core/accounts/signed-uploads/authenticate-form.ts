import type { Caller } from '../../kernel/caller.ts';
import type { FormFields } from '../../kernel/form-fields.ts';
import { problem } from '../../kernel/problems.ts';
import type { Credentials } from '../credentials.ts';
import { checkSignature, SIGNATURE_FIELDS } from './check-signature.ts';
import type { VerifyToken } from './check-token.ts';
import { checkToken, TOKEN_FIELD } from './check-token.ts';
import type { UsedTickets } from './upload-ticket.ts';

/** How a form may be signed: with a signature of its own (version 1), or with a JSON Web Token (version 2). */
export type FormSigning = 'signature' | 'token';

export interface AuthenticateFormDeps {
  readonly credentials: () => Promise<Credentials>;
  readonly usedTickets: UsedTickets;
  readonly clock: () => number;
  readonly verifyToken: VerifyToken;
}

/** Whoever holds a ticket may upload a file, and nothing else. */
const TICKET_HOLDER: Caller = {
  kind: 'upload-ticket',
  id: 'upload-ticket',
  grants: [{ permissions: ['files.upload'] }],
};

/** Parameters that sign a form; the upload itself does not know them. */
export const SIGNING_FIELDS: Readonly<Record<FormSigning, readonly string[]>> = {
  signature: SIGNATURE_FIELDS,
  token: [TOKEN_FIELD],
};

export const isSigned = (signing: FormSigning, fields: FormFields): boolean =>
  SIGNING_FIELDS[signing].some((name) => fields.has(name));

/**
 * Who sent a form that carries its own signature. The ticket is used up after its signature was checked, so that strangers
 * cannot fill the list of used ones, and before the upload, so that two calls at once cannot share it.
 * @throws Problem upload.signature, upload.ticket-used, upload.missing-parameter or key.unknown
 */
export async function authenticateForm(
  deps: AuthenticateFormDeps,
  signing: FormSigning,
  fields: FormFields,
): Promise<Caller> {
  const credentials = await deps.credentials();
  const now = deps.clock();
  const ticket =
    signing === 'signature'
      ? checkSignature(fields, credentials, now)
      : await checkToken(fields, credentials, now, deps.verifyToken);
  if (await deps.usedTickets.use(credentials.publicKey, ticket)) return TICKET_HOLDER;
  throw problem('upload.ticket-used', 'token was used before. Each upload needs a new one, also after a failed one.');
}
