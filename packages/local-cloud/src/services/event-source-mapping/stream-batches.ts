import { setTimeout as wait } from 'node:timers/promises';
import type { StreamRecord } from '../dynamodb/table-stream.ts';

/** What became of one call of the function. */
export type BatchOutcome =
  | { readonly kind: 'done' }
  /** The function named records that it could not take; the first of them, by its id. */
  | { readonly kind: 'from'; readonly id: number }
  | { readonly kind: 'failed'; readonly message: string };

export interface BatchDelivery {
  readonly call: (records: readonly StreamRecord[]) => Promise<BatchOutcome>;
  /** Repetitions of a batch. */
  readonly retries: number;
  /** Takes a batch that was repeated in vain. */
  readonly giveUp: (records: readonly StreamRecord[], message: string, calls: number) => Promise<void>;
  /** Milliseconds before the first repetition; it doubles, up to `LONGEST_PAUSE`. */
  readonly pause: number;
  readonly signal: AbortSignal;
}

const LONGEST_PAUSE = 10_000;

/**
 * Hands a batch to the function until it is done with it or gives it up, as Lambda does (AWS, "Handling errors with DynamoDB"):
 * a batch that failed is halved, so that one bad record stops no other; records before the first that the function named are
 * done. Halving is no repetition.
 * @throws AbortError when the cloud ends; the batch comes again
 */
export async function deliverBatch(delivery: BatchDelivery, batch: readonly StreamRecord[]): Promise<void> {
  let left = batch;
  for (let calls = 1; left.length > 0; calls++) {
    const outcome = await delivery.call(left);
    if (outcome.kind === 'done') return;
    const message = outcome.kind === 'failed' ? outcome.message : 'The function named records that it could not take.';
    const rest = outcome.kind === 'from' ? left.filter(({ id }) => id >= outcome.id) : left;
    if (rest.length < left.length) {
      left = rest;
    } else if (rest.length > 1) {
      const middle = Math.ceil(rest.length / 2);
      await deliverBatch(delivery, rest.slice(0, middle));
      left = rest.slice(middle);
      calls = 0;
    } else if (calls > delivery.retries) {
      await delivery.giveUp(rest, message, calls);
      return;
    }
    if (calls > 0) await pauseBefore(delivery, calls);
  }
}

async function pauseBefore({ pause, signal }: BatchDelivery, calls: number): Promise<void> {
  await wait(Math.min(pause * 2 ** (calls - 1), LONGEST_PAUSE), undefined, { signal });
}
