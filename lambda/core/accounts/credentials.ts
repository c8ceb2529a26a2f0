import { createHash, timingSafeEqual } from 'node:crypto';

/** The key pair of a deployment. The public part names the account, the private part proves it. */
export interface Credentials {
  readonly publicKey: string;
  readonly privateKey: string;
}

/**
 * The user name of HTTP Basic; undefined when there is none. ImageKit's specification also shows the key itself after `Basic`; no
 * Base64 of a key begins as a key does.
 */
export function readPrivateKey(authorization: string | undefined): string | undefined {
  const raw = /^basic +(private_[\w-]+):? *$/i.exec(authorization ?? '')?.[1];
  if (raw) return raw;
  const encoded = /^basic +([a-z0-9+/_=-]+) *$/i.exec(authorization ?? '')?.[1];
  if (!encoded) return undefined;
  return Buffer.from(encoded, 'base64').toString('utf8').split(':', 1)[0];
}

/** Digests first: equal lengths for the comparison, and the time tells nothing about where two keys differ. */
export function equalInConstantTime(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
