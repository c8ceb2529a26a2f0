import type { Credentials } from '../../accounts/credentials.ts';

/** A key that URLs may be signed with, beside the private key. */
export interface SigningKey {
  readonly id: string;
  readonly key: string;
  /** ISO 8601 with milliseconds and Z. */
  readonly createdAt: string;
  /** Before this moment no signature of the key is valid. */
  readonly startsAt?: string | undefined;
  /** From this moment on no signature of the key is valid. */
  readonly endsAt?: string | undefined;
}

/** Everything that signs: the private key, as in ImageKit, and further keys, so that keys can be changed with an overlap. */
export interface SigningSecret extends Pick<Credentials, 'privateKey'> {
  readonly signingKeys: readonly SigningKey[];
}

/** Id of the private key among the signing keys. */
export const PRIVATE_KEY_ID = 'private';

export function hasKeyEnded({ endsAt }: Pick<SigningKey, 'endsAt'>, now: number): boolean {
  return endsAt !== undefined && Date.parse(endsAt) <= now;
}
