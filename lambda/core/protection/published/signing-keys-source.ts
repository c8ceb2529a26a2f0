import { SIGNING_KEYS_KEY } from '../../../contract/edge.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { EdgeKey } from '../../request/signature-check.ts';
import type { SigningKey, SigningSecret } from '../../settings/signing-keys/signing-keys.ts';
import { hasKeyEnded, PRIVATE_KEY_ID } from '../../settings/signing-keys/signing-keys.ts';
import type { EdgeSource } from './edge-settings.ts';

export interface SigningKeysSourceDeps {
  /** Never one that is remembered for long: keys end. */
  readonly signingSecret: () => Promise<SigningSecret>;
  readonly clock: Clock;
}

/**
 * The signing keys as the edge reads them. Keys that begin later are there already and those that end later say so: both
 * happen to the second, whenever the next publication is.
 */
export function signingKeysSource(deps: SigningKeysSourceDeps): EdgeSource {
  return {
    entries: async () => {
      const { privateKey, signingKeys } = await deps.signingSecret();
      const keys = signingKeys.filter((key) => !hasKeyEnded(key, deps.clock())).map(toEdgeKey);
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
