import type { Role } from '../../../contract/role-names.ts';
import { ROLE_NAMES } from '../../../contract/role-names.ts';
import type { Rights } from '../rights.ts';

/** Roles that a key can have. An account is owned by people. */
export const KEY_ROLES = ROLE_NAMES.filter((role) => role !== 'owner') as [KeyRole, ...KeyRole[]];

export type KeyRole = Exclude<Role, 'owner'>;

/** A key that may do less than the private key, and never signs URLs or forms. The key itself is kept nowhere. */
export interface RestrictedKey {
  readonly id: string;
  readonly name: string;
  /** First characters of the key, for people. */
  readonly start: string;
  readonly rights: Rights;
  readonly createdAt: string;
  /** From then on the key is nobody's. Without: until it is revoked. */
  readonly endsAt?: string;
  /** Blocks of addresses that it may be used from. Without: from everywhere. */
  readonly addresses?: readonly string[];
  /** The last day on which it was used, `2026-11-29`, UTC. Without: it was not. */
  readonly lastUsedOn?: string;
  /** Id of the key that takes its place. */
  readonly replacedBy?: string;
}

/** A key with the digest by which it is found. */
export interface StoredKey {
  readonly key: RestrictedKey;
  /** SHA-256, lower-case hexadecimal. */
  readonly digest: string;
}

export const hasRestrictedKeyEnded = ({ endsAt }: Pick<RestrictedKey, 'endsAt'>, now: number): boolean =>
  endsAt !== undefined && Date.parse(endsAt) <= now;

/**
 * When a key was to end when it was made. One that was replaced ends sooner; who got no answer to that replaces it again, by a
 * key that lasts as long as the first would have.
 */
export function endOf(keys: readonly StoredKey[], key: RestrictedKey): string | undefined {
  const next = key.replacedBy === undefined ? undefined : keys.find((one) => one.key.id === key.replacedBy);
  return next ? endOf(keys, next.key) : key.endsAt;
}
