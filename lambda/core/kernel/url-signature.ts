import { createHmac } from 'node:crypto';

/** Hexadecimal, in lower case. */
export const hmacSha1 = (key: string, text: string): string => createHmac('sha1', key).update(text).digest('hex');

/** The expiry that is signed for a URL that never expires (ImageKit, "Signed URLs"). */
const NEVER = 9_999_999_999;

export interface UnsignedUrl {
  /** Of the URL endpoint, with the slash at its end: it is not signed. */
  readonly base: string;
  /** Path and query behind it, byte for byte as they are sent. */
  readonly relative: string;
  /** Seconds since 1970. @default it never expires */
  readonly until?: number;
}

/** A URL with its signature as ImageKit has it ("Signed URLs"): of what follows the base, with the expiry right behind it. */
export function withSignature({ base, relative, until }: UnsignedUrl, key: string): string {
  const expiry = until === undefined ? '' : `ik-t=${until}&`;
  const signature = hmacSha1(key, `${relative}${until ?? NEVER}`);
  return `${base}${relative}${relative.includes('?') ? '&' : '?'}${expiry}ik-s=${signature}`;
}
