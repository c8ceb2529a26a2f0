import type { Caller } from '../kernel/caller.ts';
import type { Clock } from '../kernel/clock.ts';
import { Problem } from '../kernel/problems.ts';

/** Classes of calls that are counted; uploads are bounded by the gateway (docs/decisions/0049). */
export type CountedClass = 'read' | 'write' | 'purge';

interface Rate {
  /** Calls a second that are always possible. */
  readonly perSecond: number;
  /** Calls at once, after a pause. */
  readonly burst: number;
}

/** ImageKit's own guidance; purges are changes. */
export const CALL_RATES: Readonly<Record<CountedClass, Rate>> = {
  read: { perSecond: 40, burst: 100 },
  write: { perSecond: 5, burst: 20 },
  purge: { perSecond: 5, burst: 20 },
};

/** Milliseconds of the window that a rate is told for. */
const WINDOW = 1000;

/** Callers that are remembered; the oldest is forgotten for a new one. */
const REMEMBERED = 10_000;

/** A caller makes more calls than its class may have. */
export class RateExceeded extends Problem {
  /** Calls in the window. */
  readonly limit: number;
  /** Milliseconds. */
  readonly window = WINDOW;
  /** Milliseconds until a call is possible again. */
  readonly wait: number;

  constructor(counted: CountedClass, limit: number, wait: number) {
    super('rate.exceeded', `A key may make ${limit} ${counted} calls a second. Ask again in ${wait} milliseconds.`);
    this.limit = limit;
    this.wait = wait;
  }
}

interface Bucket {
  readonly calls: number;
  readonly at: number;
}

export type CountCall = (caller: Caller, counted: CountedClass) => void;

/**
 * Counts calls by caller and class, so that one key does not take the API from the others. It counts in this process: each
 * environment of the function has its own. The owner's key is not counted.
 * @returns throws RateExceeded for a call that is too many
 */
export function callCounter(clock: Clock): CountCall {
  const buckets = new Map<string, Bucket>();
  return ({ kind, id }, counted) => {
    if (kind !== 'restricted-key' && kind !== 'person') return;
    const { perSecond, burst } = CALL_RATES[counted];
    const key = `${counted} ${kind} ${id}`;
    const now = clock();
    const last = buckets.get(key) ?? { calls: burst, at: now };
    // A clock that is set back fills nothing.
    const filled = Math.min(burst, last.calls + (Math.max(0, now - last.at) / WINDOW) * perSecond);
    buckets.delete(key);
    buckets.set(key, { calls: filled < 1 ? filled : filled - 1, at: now });
    if (buckets.size > REMEMBERED) buckets.delete(buckets.keys().next().value as string);
    if (filled < 1) throw new RateExceeded(counted, perSecond, Math.ceil(((1 - filled) / perSecond) * WINDOW));
  };
}
