import type { Grant } from '../../kernel/caller.ts';

/** A key that may do less than the private key, and never signs URLs or forms. The key itself is kept nowhere. */
export interface RestrictedKey {
  readonly id: string;
  readonly name: string;
  /** First characters of the key, for people. */
  readonly start: string;
  readonly grant: Grant;
  readonly createdAt: string;
  /** From then on the key is nobody's. Without: until it is revoked. */
  readonly endsAt?: string;
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
