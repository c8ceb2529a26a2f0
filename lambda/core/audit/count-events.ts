import type { AuditEvent } from './event.ts';
import type { ChainHead } from './event-chain.ts';
import { CHAINS, chainName } from './event-chain.ts';
import { END_OF_CHAIN, type EventStore } from './event-store.ts';

/** Which events are counted: those of a time that every given member fits. */
export interface CountedEvents {
  /** ISO 8601 with milliseconds and Z: at this time or later. */
  readonly from: string;
  /** Before this time. */
  readonly to: string;
  /** @default every action */
  readonly actions?: readonly string[] | undefined;
  /** @default everybody's */
  readonly callerIds?: readonly string[] | undefined;
}

/** What was counted. */
export interface EventCounts {
  readonly events: number;
  /** By action. */
  readonly actions: ReadonlyMap<string, number>;
  /** By kind and id of the caller. */
  readonly callers: ReadonlyMap<string, number>;
  /** Refused attempts by their code: they are counted whatever the actions and callers are. */
  readonly refused: ReadonlyMap<string, number>;
  /** Events of the time, whichever they are, that the given seal does not cover. */
  readonly unsealed: number;
  /** False: there were more than a report counts, and these are the newest of them. */
  readonly isComplete: boolean;
}

/** Events of a chain that are read at once. */
const PART = 500;

/** Chains that are read side by side. */
const AT_ONCE = 8;

/** Milliseconds by which clocks of writers differ: a chain is as old as its event says, give or take. */
const CLOCKS_DIFFER = 300_000;

/**
 * Counts the events of a time, chain by chain from the end; none of them is kept in memory.
 * @param sealed ends of chains that a seal covers
 * @param most events that are looked at
 */
export async function countEvents(
  store: EventStore,
  wanted: CountedEvents,
  sealed: readonly ChainHead[],
  most: number,
): Promise<EventCounts> {
  const counting = new Counting(wanted, sealed, most);
  const chains = chainsOf(wanted);
  const readNext = async (): Promise<void> => {
    for (let chain = chains.pop(); chain !== undefined; chain = chains.pop()) await countChain(store, chain, counting);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, readNext));
  return counting.counts();
}

/** Of every year that the time touches. */
function chainsOf({ from, to }: CountedEvents): string[] {
  const years = [...new Set([from, new Date(Date.parse(to) - 1).toISOString()].map((at) => at.slice(0, 4)))];
  return years.flatMap((year) => Array.from({ length: CHAINS }, (_, number) => chainName(year, number)));
}

async function countChain(store: EventStore, chain: string, counting: Counting): Promise<void> {
  for (let before = END_OF_CHAIN; before > 1; ) {
    const part = await store.before(chain, before, PART);
    for (const { sequence, body } of part) {
      if (!counting.add(chain, sequence, JSON.parse(body) as AuditEvent)) return;
    }
    const last = part.at(-1);
    if (!last || last.sequence === 1) return;
    before = last.sequence;
  }
}

class Counting {
  readonly #wanted: CountedEvents;
  readonly #oldest: string;
  readonly #sealed: ReadonlyMap<string, number>;
  readonly #most: number;
  readonly #actions = new Map<string, number>();
  readonly #callers = new Map<string, number>();
  readonly #refused = new Map<string, number>();
  #looked = 0;
  #events = 0;
  #unsealed = 0;
  #isComplete = true;

  constructor(wanted: CountedEvents, sealed: readonly ChainHead[], most: number) {
    this.#wanted = wanted;
    this.#oldest = new Date(Date.parse(wanted.from) - CLOCKS_DIFFER).toISOString();
    this.#sealed = new Map(sealed.map(({ chain, sequence }) => [chain, sequence]));
    this.#most = most;
  }

  /** @returns false when no event before this one in its chain is of the time, or enough were looked at */
  add(chain: string, sequence: number, event: AuditEvent): boolean {
    if (event.at < this.#oldest) return false;
    if (++this.#looked > this.#most) {
      this.#isComplete = false;
      return false;
    }
    const { from, to, actions, callerIds } = this.#wanted;
    if (event.at < from || event.at >= to) return true;
    if (sequence > (this.#sealed.get(chain) ?? 0)) this.#unsealed++;
    if (event.action === 'attempts.refused') addTo(this.#refused, event.object.id, attemptsOf(event));
    if (actions && !actions.includes(event.action)) return true;
    if (callerIds && !callerIds.includes(event.caller.id)) return true;
    this.#events++;
    addTo(this.#actions, event.action, 1);
    addTo(this.#callers, `${event.caller.kind} ${event.caller.id}`, 1);
    return true;
  }

  counts(): EventCounts {
    return {
      ...{ events: this.#events, actions: this.#actions, callers: this.#callers, refused: this.#refused },
      ...{ unsealed: this.#unsealed, isComplete: this.#isComplete },
    };
  }
}

const attemptsOf = ({ after }: AuditEvent): number => (typeof after?.count === 'number' ? after.count : 0);

const addTo = (counts: Map<string, number>, name: string, more: number): void =>
  void counts.set(name, (counts.get(name) ?? 0) + more);
