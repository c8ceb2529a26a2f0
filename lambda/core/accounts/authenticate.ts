import type { Caller } from '../kernel/caller.ts';
import { problem } from '../kernel/problems.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import type { Credentials } from './credentials.ts';
import { equalInConstantTime, readPrivateKey } from './credentials.ts';
import { OWNER } from './owner.ts';
import { isFromAddress } from './restricted-keys/key-addresses.ts';
import type { KeyStore } from './restricted-keys/key-store.ts';
import { isKeyText } from './restricted-keys/key-text.ts';
import { hasRestrictedKeyEnded } from './restricted-keys/restricted-key.ts';
import { grantOf } from './rights.ts';

export interface AuthenticateDeps {
  readonly credentials: () => Promise<Credentials>;
  readonly findKey: KeyStore['findByDigest'];
  readonly clock: () => number;
  /** Where the call's connection comes from: its sender, or the distribution that sends it on. @default nobody knows */
  readonly address?: string | undefined;
  /** Notes the day on which a key is used; never rejects. */
  readonly noteKeyUse: KeyStore['noteUse'];
}

/** The caller of a public operation. */
export const NOBODY: Caller = { kind: 'nobody', id: 'nobody', grants: [] };

/**
 * Who sent a request, by its `Authorization` header: HTTP Basic (RFC 7617) with the private key or a restricted key as user
 * name. The password is ignored, because SDKs fill it with whatever they like (ImageKit, "API keys").
 * @throws Problem key.missing (401) without a key, key.unknown (403) with another one or one that has ended, permission.missing (403)
 * with one that is bound to other addresses
 */
export async function authenticate(authorization: string | null, deps: AuthenticateDeps): Promise<Caller> {
  const key = readPrivateKey(authorization ?? undefined);
  if (!key) throw problem('key.missing', 'Send the private key as the user name of HTTP Basic authentication.');
  const { privateKey } = await deps.credentials();
  if (equalInConstantTime(key, privateKey)) return OWNER;
  return (await restricted(key, deps)) ?? unknown();
}

/** Found by its digest: what the search takes tells nothing of the key. */
async function restricted(
  key: string,
  { findKey, clock, address, noteKeyUse }: AuthenticateDeps,
): Promise<Caller | undefined> {
  if (!isKeyText(key)) return undefined;
  const digest = sha256Hex(key);
  const now = clock();
  const found = await findKey(digest);
  if (!found || hasRestrictedKeyEnded(found, now)) return undefined;
  const { id, rights, endsAt, addresses, lastUsedOn } = found;
  if (addresses && !isFromAddress(addresses, address)) {
    throw problem('permission.missing', 'This key is bound to other addresses than the one that this call comes from.');
  }
  const today = new Date(now).toISOString().slice(0, 10);
  if (lastUsedOn !== today) await noteKeyUse(id, digest, today);
  return {
    ...{ kind: 'restricted-key', id, grants: [grantOf(rights)] },
    ...(endsAt !== undefined && { endsAt }),
    ...(addresses && { addresses }),
  };
}

function unknown(): never {
  throw problem('key.unknown', 'The private key is not one of this account.');
}
