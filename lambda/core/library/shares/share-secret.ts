import { createHmac, scryptSync, timingSafeEqual } from 'node:crypto';
import { sha256Hex } from '../../kernel/sha256.ts';
import type { PasswordHash, Share } from './share.ts';

/** Bytes of memory and rounds of one hash: 30 ms, and 16 MB, which is what OWASP's "Password Storage" asks of scrypt at 2^14. */
const COST = { N: 2 ** 14, r: 8, p: 5, maxmem: 64 * 2 ** 20 };
const HASH_BYTES = 32;

/** Of a link: the share's id, and what only who has the link knows. */
export interface LinkParts {
  readonly id: string;
  readonly secret: string;
}

export const linkText = ({ id, secret }: LinkParts): string => `${id}${secret}`;

/** @returns undefined for a text that is no link's */
export function readLink(text: string): LinkParts | undefined {
  const [, id, secret] = /^([0-9a-f]{24})([\w-]{43})$/.exec(text) ?? [];
  return id !== undefined && secret !== undefined ? { id, secret } : undefined;
}

export const isSecretOf = ({ digest }: Share, secret: string): boolean => isEqual(sha256Hex(secret), digest);

export const hashPassword = (password: string, salt: Buffer): PasswordHash => ({
  salt: salt.toString('hex'),
  hash: scryptSync(password.normalize('NFC'), salt, HASH_BYTES, COST).toString('hex'),
});

export const isPassword = (known: PasswordHash, password: string): boolean =>
  isEqual(hashPassword(password, Buffer.from(known.salt, 'hex')).hash, known.hash);

/** What a browser shows after it was told the password: until when, and that it was. @param until seconds since 1970 */
export const proofOf = ({ id, proofKey }: Share, until: number): string =>
  `${until}.${createHmac('sha256', Buffer.from(proofKey, 'hex')).update(`${id} ${until}`).digest('hex')}`;

/** @param now seconds since 1970 */
export function isProof(share: Share, proof: string | undefined, now: number): boolean {
  const until = Number(/^(\d{10})\./.exec(proof ?? '')?.[1] ?? 0);
  return until > now && isEqual(proofOf(share, until), proof ?? '');
}

const isEqual = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
