import { sha256Hex } from '../../delivery/identify-variant.ts';
import type { EdgeSource } from '../../edge-settings/ports.ts';
import type { Clock } from '../../library/ports.ts';
import { takenKey } from '../refuse-at-edge.ts';
import type { TakedownStore } from './takedown.ts';
import { endSecond } from './takedown.ts';

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
