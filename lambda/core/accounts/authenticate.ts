import type { Caller } from '../kernel/caller.ts';
import { problem } from '../kernel/problems.ts';
import type { Credentials } from './credentials.ts';
import { equalInConstantTime, readPrivateKey } from './credentials.ts';
import { OWNER } from './owner.ts';

/** The caller of a public operation. */
export const NOBODY: Caller = { kind: 'nobody', id: 'nobody', grants: [] };

/**
 * Who sent a request, by its `Authorization` header: HTTP Basic (RFC 7617) with the private key as user name. The password
 * is ignored, because SDKs fill it with whatever they like (ImageKit, "API keys").
 * @throws Problem key.missing (401) without a private key, key.unknown (403) with another one
 */
export function authenticate(authorization: string | null, credentials: Credentials): Caller {
  const key = readPrivateKey(authorization ?? undefined);
  if (!key) throw problem('key.missing', 'Send the private key as the user name of HTTP Basic authentication.');
  if (!equalInConstantTime(key, credentials.privateKey)) {
    throw problem('key.unknown', 'The private key is not one of this account.');
  }
  return OWNER;
}
