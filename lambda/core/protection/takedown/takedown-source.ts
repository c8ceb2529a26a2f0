import type { Clock } from '../../kernel/clock.ts';
import type { Report } from '../../kernel/report.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import { endSecond } from '../../library/takedown.ts';
import { takenKey, takenMark } from '../../request/refuse-at-edge.ts';
import type { EdgeSource } from '../published/edge-settings.ts';
import type { TakedownRecord, TakedownStore } from './takedown.ts';

export interface TakedownSourceDeps {
  readonly takedowns: Pick<TakedownStore, 'list'>;
  readonly clock: Clock;
  readonly report: Report;
}

/** Characters of a value in the KeyValueStore (AWS, "Quotas on key value stores"). */
const VALUE_CHARACTERS = 1024;

/**
 * The takedowns as entries of the KeyValueStore, for the publication of edge settings. They share values, so that their
 * number does not say how many calls it takes to list the store.
 */
export function takedownSource({ takedowns, clock, report }: TakedownSourceDeps): EdgeSource {
  return {
    entries: async () => {
      const now = clock();
      const lasting = (await takedowns.list()).filter(({ until }) => !until || Date.parse(until) > now);
      const shared = new Map<string, Taken[]>();
      for (const taken of lasting.map(toTaken)) shared.set(taken.key, [...(shared.get(taken.key) ?? []), taken]);
      return new Map([...shared].map(([key, taken]) => [key, toValue(taken, report)]));
    },
  };
}

interface Taken {
  readonly key: string;
  readonly mark: string;
  /** Seconds since 1970. */
  readonly end: number | undefined;
}

function toTaken({ path, until }: TakedownRecord): Taken {
  const hash = sha256Hex(path);
  return { key: takenKey(hash), mark: takenMark(hash), end: until === undefined ? undefined : endSecond(until) };
}

/**
 * Where ends do not all find room, none is said: such a file comes back with the publication of the minute and not to the
 * second. What finds no room even so is refused by the transformer alone, which asks the library on every miss.
 */
function toValue(taken: readonly Taken[], report: Report): string {
  const ordered = taken.toSorted((a, b) => (a.mark < b.mark ? -1 : 1));
  const value = ordered.map(({ mark, end }) => `${mark}${end ?? ''}`).join('');
  if (value.length <= VALUE_CHARACTERS) return value;
  const marks = ordered.map(({ mark }) => mark);
  const room = Math.floor(VALUE_CHARACTERS / (marks[0]?.length ?? 1));
  if (marks.length > room) report('edge-takedowns-full', new Error('Takedowns have not all found room at the edge.'));
  return marks.slice(0, room).join('');
}
