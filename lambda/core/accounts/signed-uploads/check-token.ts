import type { FormFields } from '../../kernel/form-fields.ts';
import { formValue } from '../../kernel/form-fields.ts';
import { problem } from '../../kernel/problems.ts';
import type { Credentials } from '../credentials.ts';
import { equalInConstantTime } from '../credentials.ts';
import type { UploadTicket } from './upload-ticket.ts';
import { TICKET_SECONDS } from './upload-ticket.ts';

/** The parameter that signs a form (ImageKit, "Client-side file upload", version 2). */
export const TOKEN_FIELD = 'token';

type Claims = Readonly<Record<string, unknown>>;

/**
 * Verifies a JSON Web Token that HS256 signs.
 * @param now milliseconds
 * @returns undefined for one that is not signed so, has ended, or lacks `iat` or `exp`
 */
export type VerifyToken = (
  token: string,
  key: string,
  now: number,
) => Promise<{ readonly claims: Claims; readonly keyId: string } | undefined>;

/** Claims that say something of the token itself. */
const OWN_CLAIMS = ['iat', 'exp'];

/**
 * Checks a form that is signed as version 2 wants it: a JSON Web Token (RFC 7519), HS256 with the private key, `kid` the
 * public key, whose claims are all other parameters of the form but the file, with the text that is sent.
 * @param now milliseconds
 * @throws Problem upload.missing-parameter or upload.signature
 */
export async function checkToken(
  fields: FormFields,
  credentials: Credentials,
  now: number,
  verify: VerifyToken,
): Promise<UploadTicket> {
  const token = formValue(fields, TOKEN_FIELD);
  if (!token) throw problem('upload.missing-parameter', 'A signed upload of version 2 needs token, a JSON Web Token.');
  const verified = await verify(token, credentials.privateKey, now);
  if (!verified)
    throw problem('upload.signature', 'token is no JSON Web Token of this key pair (HS256), or has ended.');
  const { claims, keyId } = verified;
  if (!equalInConstantTime(keyId, credentials.publicKey)) {
    throw problem('upload.signature', 'The kid of token is not the public key of this account.');
  }
  const endsAt = readLife(claims);
  requireSameParameters(claims, fields);
  return { token, endsAt };
}

function readLife({ iat, exp }: Claims): number {
  const [from, to] = [Number(iat), Number(exp)];
  if (Number.isInteger(from) && Number.isInteger(to) && to - from <= TICKET_SECONDS) return to;
  throw problem('upload.signature', `iat and exp of token are whole seconds, at most ${TICKET_SECONDS} apart.`);
}

/** Both ways: what is sent and not signed was added by somebody else, what is signed and not sent was taken away. */
function requireSameParameters(claims: Claims, fields: FormFields): void {
  const signed = new Map(Object.entries(claims).filter(([name]) => !OWN_CLAIMS.includes(name)));
  const sent = [...fields.keys()].filter((name) => name !== TOKEN_FIELD && name !== 'file');
  const names = new Set([...signed.keys(), ...sent]);
  const other = [...names].find((name) => !isSame(signed.get(name), formValue(fields, name)));
  if (other === undefined) return;
  throw problem('upload.signature', `The parameter ${other.slice(0, 60)} is not what token signs.`);
}

/** A claim may be a number or a flag; a form has its text only. */
function isSame(claim: unknown, value: string | undefined): boolean {
  return claim !== undefined && typeof claim !== 'object' && value !== undefined && String(claim) === value;
}
