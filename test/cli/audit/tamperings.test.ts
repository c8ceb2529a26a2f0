import { describe, expect, it } from 'vitest';
import { verifyChains } from '../../../cli/audit/verify-chains.ts';
import type { ChainedEvent, ChainHead } from '../../../lambda/core/audit/event-chain.ts';
import { CHAINS, chainEvent, chainName, emptyChain, headAfter } from '../../../lambda/core/audit/event-chain.ts';
import { someEvent } from '../../core/audit/told-events.ts';

/* AUD-002, AUD-003: whoever can write to the table, with our own code to hash with, against ends that were kept elsewhere. */
const YEAR = '2026';
const LENGTH = 24;
const TRIES = 50;

/** The same numbers at every run. @returns 0 <= number < bound */
function numbers(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

const bodyOf = (name: string) => ({ ...someEvent(), at: `${YEAR}-06-01T00:00:00.000Z`, after: { name } });

function chainOf(chain: string): readonly ChainedEvent[] {
  const events: ChainedEvent[] = [];
  let head: ChainHead = emptyChain(chain);
  for (let index = 0; index < LENGTH; index++) {
    const next = chainEvent(head, bodyOf(`${chain} ${index}`));
    events.push(next);
    head = headAfter(next);
  }
  return events;
}

const LOG = new Map(
  Array.from({ length: CHAINS }, (_, number) => chainName(YEAR, number)).map((chain) => [chain, chainOf(chain)]),
);
const KEPT = [...LOG.values()].map((events) => headAfter(events.at(-1) as ChainedEvent));

/** Everything from a place on, hashed anew as if it had always been so. */
function rehashed(before: readonly ChainedEvent[], bodies: readonly ChainedEvent[]): ChainedEvent[] {
  const made = [...before];
  for (const { chain, body } of bodies) {
    const last = made.at(-1);
    made.push(chainEvent(last ? headAfter(last) : emptyChain(chain), JSON.parse(body)));
  }
  return made;
}

const edited = (event: ChainedEvent): ChainedEvent => ({ ...event, body: JSON.stringify(bodyOf('edited')) });

/** Changes a chain at a place, which is neither its first event nor its last. */
type Tamper = (events: readonly ChainedEvent[], place: number, other: number) => readonly ChainedEvent[];

const at = (events: readonly ChainedEvent[], place: number) => events[place] as ChainedEvent;

const KINDS: Readonly<Record<string, { tamper: Tamper; named: (place: number, other: number) => readonly number[] }>> =
  {
    edited: { tamper: (events, place) => events.with(place, edited(at(events, place))), named: (place) => [place + 1] },
    deleted: { tamper: (events, place) => events.toSpliced(place, 1), named: (place) => [place + 1] },
    inserted: {
      tamper: (events, place) => {
        const made = chainEvent(headAfter(at(events, place - 1)), bodyOf('made up'));
        const later = events.slice(place).map((event) => ({ ...event, sequence: event.sequence + 1 }));
        return [...events.slice(0, place), made, ...later];
      },
      // What was made up fits; what it pushed on does not.
      named: (place) => [place + 2],
    },
    swapped: {
      tamper: (events, place, other) => {
        const swap = (to: number, from: number) => ({ ...at(events, from), sequence: at(events, to).sequence });
        return events.with(place, swap(place, other)).with(other, swap(other, place));
      },
      named: (place, other) => [Math.min(place, other) + 1],
    },
    truncated: { tamper: (events, place) => events.slice(0, place), named: () => [LENGTH] },
    'edited and hashed anew': {
      tamper: (events, place) =>
        rehashed(events.slice(0, place), [edited(at(events, place)), ...events.slice(place + 1)]),
      named: () => [LENGTH],
    },
    'deleted and hashed anew': {
      tamper: (events, place) => rehashed(events.slice(0, place), events.slice(place + 1)),
      named: () => [LENGTH],
    },
  };

describe('a log that somebody tampered with', () => {
  it('is whole before', () => {
    expect(verifyChains(LOG, KEPT)).toEqual({ faults: [], events: CHAINS * LENGTH });
  });

  it.each(Object.entries(KINDS))(
    `is found ${TRIES} times of ${TRIES} when an event was %s`,
    (kind, { tamper, named }) => {
      const next = numbers(kind.length);
      const missed: unknown[] = [];
      for (let count = 0; count < TRIES; count++) {
        const chain = chainName(YEAR, next(CHAINS));
        const place = 1 + next(LENGTH - 2);
        const other = place === 1 + (count % (LENGTH - 2)) ? LENGTH - 1 : 1 + (count % (LENGTH - 2));
        const events = tamper(LOG.get(chain) ?? [], place, other);
        const { faults } = verifyChains(new Map(LOG).set(chain, events), KEPT);
        const [found] = faults;
        const isNamed = faults.length === 1 && found?.chain === chain && named(place, other).includes(found.sequence);
        if (!isNamed) missed.push({ chain, place, other, faults });
      }

      expect(missed).toEqual([]);
    },
  );
});
