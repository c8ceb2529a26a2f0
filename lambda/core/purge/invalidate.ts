import type { Clock, Pause } from '../kernel/clock.ts';
import type { Report } from '../kernel/report.ts';

/** The CDN's invalidations by tag. */
export interface Invalidations {
  /**
   * @param reference makes it one of its own: the CDN takes two with the same for one
   * @returns its id; undefined when too many are in progress
   */
  create(tags: readonly string[], reference: string): Promise<string | undefined>;
  isComplete(id: string): Promise<boolean>;
}

/** Tags that the CDN would not take yet. */
export interface WaitingInvalidation {
  /** Begins with the time, so that the oldest is the first. */
  readonly id: string;
  readonly tags: readonly string[];
}

export interface InvalidationQueue {
  add(waiting: WaitingInvalidation): Promise<void>;
  /** Oldest first. */
  waiting(): Promise<readonly WaitingInvalidation[]>;
  /** The CDN has taken it. */
  settle(id: string, invalidationId: string): Promise<void>;
  /** @returns undefined for what was settled long ago */
  find(id: string): Promise<{ readonly invalidationId: string | undefined } | undefined>;
}

export interface InvalidateDeps {
  readonly invalidations: Invalidations;
  readonly queue: InvalidationQueue;
  readonly clock: Clock;
  readonly hexId: () => string;
}

/** Tags of one invalidation: a third of what may be in progress at a time. */
const BATCH = 1000;

/** What stands before the id of a request that waits, where others have the CDN's own id. */
const WAITING = 'waiting:';

/** Milliseconds until the CDN is asked again: as long as most invalidations take. */
const RETRY = 5_000;

/**
 * Has the CDN forget everything that carries one of the tags: at once, or as soon as it takes more.
 * @returns what to ask `areInvalidated` about
 */
export async function invalidateTags(deps: InvalidateDeps, tags: readonly string[]): Promise<string[]> {
  const told: string[] = [];
  const different = [...new Set(tags)];
  for (let start = 0; start < different.length; start += BATCH) {
    told.push(await invalidateBatch(deps, different.slice(start, start + BATCH)));
  }
  return told;
}

async function invalidateBatch({ invalidations, queue, clock, hexId }: InvalidateDeps, tags: readonly string[]) {
  const reference = hexId();
  const id = await invalidations.create(tags, reference);
  if (id !== undefined) return id;
  const waiting = { id: `${new Date(clock()).toISOString()}#${reference}`, tags };
  await queue.add(waiting);
  return `${WAITING}${waiting.id}`;
}

/** Whether the CDN is done with all of them. */
export async function areInvalidated(deps: InvalidateDeps, told: readonly string[]): Promise<boolean> {
  const states = await Promise.all(told.map((id) => isInvalidated(deps, id)));
  return states.every((complete) => complete);
}

async function isInvalidated({ invalidations, queue }: InvalidateDeps, told: string): Promise<boolean> {
  if (!told.startsWith(WAITING)) return invalidations.isComplete(told);
  const request = await queue.find(told.slice(WAITING.length));
  if (!request) return true;
  return request.invalidationId !== undefined && invalidations.isComplete(request.invalidationId);
}

/**
 * Sends what waits, the oldest first and several in one, as much at a time as the CDN takes. What is left is reported.
 * @param milliseconds after which the rest is left to the next run
 */
export async function sendWaiting(
  deps: InvalidateDeps & { readonly pause: Pause; readonly report: Report },
  milliseconds: number,
): Promise<void> {
  const end = deps.clock() + milliseconds;
  let most = BATCH;
  for (;;) {
    const requests = together(await deps.queue.waiting(), most);
    if (requests.length === 0) return;
    const tags = [...new Set(requests.flatMap((request) => request.tags))];
    const id = await deps.invalidations.create(tags, deps.hexId());
    if (id !== undefined) {
      for (const request of requests) await deps.queue.settle(request.id, id);
      most = BATCH;
    } else if (requests.length > 1) {
      most = Math.floor(tags.length / 4);
    } else {
      if (deps.clock() + RETRY > end) return reportLeft(deps);
      await deps.pause(RETRY);
    }
  }
}

async function reportLeft({ queue, report }: { readonly queue: InvalidationQueue; readonly report: Report }) {
  const { length } = await queue.waiting();
  report(
    'invalidations-wait',
    new Error(`The CDN takes no more now; ${length} of our requests wait for the next run.`),
  );
}

/** The first one, and those after it that find room. */
function together(waiting: readonly WaitingInvalidation[], most: number): readonly WaitingInvalidation[] {
  let tags = 0;
  const end = waiting.findIndex((request, index) => {
    tags += request.tags.length;
    return index > 0 && tags > most;
  });
  return end < 0 ? waiting : waiting.slice(0, end);
}
