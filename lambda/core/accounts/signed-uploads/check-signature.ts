import { createHmac } from 'node:crypto';
import type { FormFields } from '../../kernel/form-fields.ts';
import { formValue } from '../../kernel/form-fields.ts';
import { problem } from '../../kernel/problems.ts';
import type { Credentials } from '../credentials.ts';
import { equalInConstantTime } from '../credentials.ts';
import type { UploadTicket } from './upload-ticket.ts';
import { CLOCK_SKEW_SECONDS, TICKET_SECONDS, TOKEN_CHARACTERS } from './upload-ticket.ts';

/** Parameters that sign a form (ImageKit, "Client-side file upload", version 1). */
export const SIGNATURE_FIELDS = ['publicKey', 'token', 'expire', 'signature'] as const;

/**
 * Checks a form that is signed as version 1 wants it: HMAC-SHA1 with the private key over the token and, directly after it,
 * `expire` in decimal. Where the token ends and `expire` begins is not signed; the bounds of `expire` leave one reading.
 * @param now milliseconds
 * @throws Problem upload.missing-parameter, upload.signature, or key.unknown for a public key of nobody
 */
export function checkSignature(fields: FormFields, credentials: Credentials, now: number): UploadTicket {
  const publicKey = required(fields, 'publicKey');
  const token = required(fields, 'token');
  const expire = required(fields, 'expire');
  const signature = required(fields, 'signature');
  if (!equalInConstantTime(publicKey, credentials.publicKey)) {
    throw problem('key.unknown', 'The public key is not one of this account.');
  }
  if (token.length > TOKEN_CHARACTERS) {
    throw problem('upload.signature', `token may have at most ${TOKEN_CHARACTERS} characters.`);
  }
  const endsAt = readExpire(expire, Math.floor(now / 1000));
  const expected = createHmac('sha1', credentials.privateKey).update(`${token}${expire}`).digest('hex');
  if (!equalInConstantTime(signature, expected)) {
    throw problem('upload.signature', 'signature is not the lower-case hex HMAC-SHA1 of token and expire.');
  }
  return { token, endsAt };
}

function required(fields: FormFields, name: (typeof SIGNATURE_FIELDS)[number]): string {
  const value = formValue(fields, name);
  if (!value) {
    throw problem(
      'upload.missing-parameter',
      `A signed upload needs ${SIGNATURE_FIELDS.join(', ')}; ${name} is missing.`,
    );
  }
  return value;
}

function readExpire(expire: string, now: number): number {
  const endsAt = /^[1-9]\d{0,15}$/.test(expire) ? Number(expire) : Number.NaN;
  if (endsAt > now && endsAt <= now + TICKET_SECONDS + CLOCK_SKEW_SECONDS) return endsAt;
  throw problem(
    'upload.signature',
    `expire is a time in Unix seconds, in the future and at most ${TICKET_SECONDS} seconds ahead.`,
  );
}
