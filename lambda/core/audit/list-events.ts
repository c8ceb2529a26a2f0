import type { AuditEvent } from './event.ts';
import { CHAINS, type ChainedEvent, chainName } from './event-chain.ts';
import { END_OF_CHAIN, type EventStore } from './event-store.ts';

/** What is listed: events that every given member fits. */
export interface EventFilter {
  readonly action?: string | undefined;
  /** Id of the caller. */
  readonly callerId?: string | undefined;
  readonly objectId?: string | undefined;
  /** ISO 8601 with milliseconds and Z: at this time or later. */
  readonly from: string;
  /** Before this time. */
  readonly to: string;
}

/** Where a list goes on: in each chain of a year, before this sequence number. 0 is the chain's end. */
export interface EventPosition {
  readonly year: number;
  readonly before: readonly number[];
}

export interface EventList {
  /** The newest first. */
  readonly events: readonly AuditEvent[];
  /** Missing when nothing older fits. */
  readonly next?: EventPosition;
}

/** Events of a chain that are read at once. */
const PART = 25;

/** Events that one call looks at: a filter that nothing fits must not read the whole table. */
const LOOKED_AT = 5_000;

/** Milliseconds by which clocks of writers differ: a chain is as old as its event says, give or take. */
const CLOCKS_DIFFER = 300_000;

/** The newest place of a year. */
export const endOfYear = (year: number): EventPosition => ({
  year,
  before: Array.from({ length: CHAINS }, () => END_OF_CHAIN),
});

/**
 * Lists events of all chains side by side, each read from its end. An event that is written meanwhile shifts nothing.
 * @param limit most events of the answer; it has fewer when many had to be looked at, and then a `next`
 */
export async function listEvents(
  store: EventStore,
  filter: EventFilter,
  limit: number,
  position: EventPosition = endOfYear(yearOf(filter.to)),
): Promise<EventList> {
  const events: AuditEvent[] = [];
  const chains = new ChainsOfYear(store, position, Date.parse(filter.from) - CLOCKS_DIFFER);
  await chains.fill();
  for (let looked = 0; looked < LOOKED_AT && events.length < limit; looked++) {
    const newest = await chains.takeNewest();
    if (!newest) break;
    if (fits(newest, filter)) events.push(newest);
  }
  const here = chains.position();
  if (here) return { events, next: here };
  const older = yearBefore(position.year, filter);
  // A part without events would look like the end of the list.
  if (older && events.length === 0) return listEvents(store, filter, limit, older);
  return { events, ...(older && { next: older }) };
}

const yearOf = (time: string): number => Number(time.slice(0, 4));

const yearBefore = (year: number, { from }: EventFilter): EventPosition | undefined =>
  year > yearOf(from) ? endOfYear(year - 1) : undefined;

function fits(event: AuditEvent, { action, callerId, objectId, from, to }: EventFilter): boolean {
  return (
    event.at >= from &&
    event.at < to &&
    (action === undefined || event.action === action) &&
    (callerId === undefined || event.caller.id === callerId) &&
    (objectId === undefined || event.object.id === objectId)
  );
}

interface OpenChain {
  readonly name: string;
  /** Read and not yet taken, the newest first. */
  waiting: { readonly sequence: number; readonly event: AuditEvent }[];
  /** The next part is before this. */
  before: number;
}

/** The chains of one year, merged by their events' times. */
class ChainsOfYear {
  readonly #store: EventStore;
  readonly #year: number;
  readonly #oldest: number;
  readonly #chains: readonly OpenChain[];

  constructor(store: EventStore, { year, before }: EventPosition, oldest: number) {
    this.#store = store;
    this.#year = year;
    this.#oldest = oldest;
    this.#chains = before.map((sequence, number) => ({
      name: chainName(String(year), number),
      waiting: [],
      before: sequence,
    }));
  }

  /** Reads the first part of every chain. */
  async fill(): Promise<void> {
    await Promise.all(this.#chains.map((chain) => this.#read(chain)));
  }

  async takeNewest(): Promise<AuditEvent | undefined> {
    const chain = this.#chains.reduce<OpenChain | undefined>(
      (newest, one) => ((one.waiting[0]?.event.at ?? '') > (newest?.waiting[0]?.event.at ?? '') ? one : newest),
      undefined,
    );
    const taken = chain?.waiting.shift();
    if (chain && chain.waiting.length === 0) await this.#read(chain);
    return taken?.event;
  }

  /** Undefined when every chain was read to its end. */
  position(): EventPosition | undefined {
    const before = this.#chains.map(({ waiting, before: part }) => (waiting[0] ? waiting[0].sequence + 1 : part));
    return before.some((sequence) => sequence > 1) ? { year: this.#year, before } : undefined;
  }

  async #read(chain: OpenChain): Promise<void> {
    if (chain.before <= 1) return;
    const part = await this.#store.before(chain.name, chain.before, PART);
    chain.waiting = part.map(({ sequence, body }: ChainedEvent) => ({ sequence, event: JSON.parse(body) }));
    const last = part.at(-1);
    const isOld = Date.parse(chain.waiting.at(-1)?.event.at ?? '') < this.#oldest;
    chain.before = last && part.length === PART && !isOld ? last.sequence : 0;
  }
}
