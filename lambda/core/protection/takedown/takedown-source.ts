import type { Clock } from '../../kernel/clock.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import { endSecond } from '../../library/takedown.ts';
import { takenKey } from '../../request/refuse-at-edge.ts';
import type { EdgeSource } from '../published/edge-settings.ts';
import type { TakedownStore } from './takedown.ts';

export interface TakedownSourceDeps {
  readonly takedowns: Pick<TakedownStore, 'list'>;
  readonly clock: Clock;
}

/** The takedowns as entries of the KeyValueStore, for the publication of edge settings. */
export function takedownSource(deps: TakedownSourceDeps): EdgeSource {
  return {
    entries: async () => {
      const now = deps.clock();
      const lasting = (await deps.takedowns.list()).filter(({ until }) => !until || Date.parse(until) > now);
      return new Map(
        lasting.map(({ path, until }) => [
          takenKey(sha256Hex(path).slice(0, 32)),
          JSON.stringify(until === undefined ? {} : { e: endSecond(until) }),
        ]),
      );
    },
  };
}
