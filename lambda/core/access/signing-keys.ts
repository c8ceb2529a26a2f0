import { SIGNING_KEYS_KEY } from '../../contract/edge.ts';
import type { EdgeSource } from '../edge-settings/ports.ts';
import type { Clock } from '../library/ports.ts';
import type { Credentials } from './credentials.ts';
import type { EdgeKey } from './url-signature.ts';

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

export interface SigningKeysSourceDeps {
  /** Never one that is remembered for long: keys end. */
  readonly signingSecret: () => Promise<SigningSecret>;
  readonly clock: Clock;
}

/** Id of the private key among the signing keys. */
export const PRIVATE_KEY_ID = 'private';

export function isEnded({ endsAt }: Pick<SigningKey, 'endsAt'>, now: number): boolean {
  return endsAt !== undefined && Date.parse(endsAt) <= now;
}

/**
 * The signing keys as the edge reads them. Keys that begin later are there already and those that end later say so: both
 * happen to the second, whenever the next publication is.
 */
export function signingKeysSource(deps: SigningKeysSourceDeps): EdgeSource {
  return {
    entries: async () => {
      const { privateKey, signingKeys } = await deps.signingSecret();
      const keys = signingKeys.filter((key) => !isEnded(key, deps.clock())).map(toEdgeKey);
      const all: EdgeKey[] = [{ i: PRIVATE_KEY_ID, k: privateKey, s: 0, e: 0 }, ...keys];
      return new Map([[SIGNING_KEYS_KEY, JSON.stringify(all)]]);
    },
  };
}

/** A second that has begun counts for the end, and one that has not for the start: never valid longer than said. */
function toEdgeKey({ id, key, startsAt, endsAt }: SigningKey): EdgeKey {
  return {
    i: id,
    k: key,
    s: startsAt === undefined ? 0 : Math.ceil(Date.parse(startsAt) / 1000),
    e: endsAt === undefined ? 0 : Math.max(1, Math.floor(Date.parse(endsAt) / 1000)),
  };
}
