import { createHash, timingSafeEqual } from 'node:crypto';
import { problem } from '../kernel/problems.ts';

/** The key pair of a deployment. The public part names the account, the private part proves it. */
export interface Credentials {
  readonly publicKey: string;
  readonly privateKey: string;
}

/**
 * Checks a request's `Authorization` header: HTTP Basic (RFC 7617) with the private key as user name. The password is
 * ignored, because SDKs fill it with whatever they like (ImageKit, "API keys").
 * @throws key.missing (401) without a private key, key.unknown (403) with another one
 */
export function checkBasicCredentials(authorization: string | undefined, credentials: Credentials): void {
  const key = readPrivateKey(authorization);
  if (!key) {
    throw problem('key.missing', 'Send the private key as the user name of HTTP Basic authentication.');
  }
  if (!equalInConstantTime(key, credentials.privateKey)) {
    throw problem('key.unknown', 'The private key is not one of this account.');
  }
}

function readPrivateKey(authorization: string | undefined): string | undefined {
  const encoded = /^basic +([a-z0-9+/_=-]+) *$/i.exec(authorization ?? '')?.[1];
  if (!encoded) return undefined;
  return Buffer.from(encoded, 'base64').toString('utf8').split(':', 1)[0];
}

/** Digests first: equal lengths for the comparison, and the time tells nothing about where two keys differ. */
function equalInConstantTime(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
