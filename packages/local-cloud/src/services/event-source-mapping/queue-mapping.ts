import { setTimeout as wait } from 'node:timers/promises';
import type { Queues, ReceivedMessage } from '../sqs/queues.ts';
import type { Answered } from './stream-mapping.ts';

export interface QueueMappingOptions {
  readonly queues: Queues;
  /** ARN of the queue. */
  readonly queue: string;
  readonly region: string;
  readonly batchSize: number;
  /** Calls of the function at the same time. */
  readonly concurrency: number;
  readonly invoke: (event: object) => Promise<Answered>;
  readonly log: (line: string) => void;
  /** Milliseconds between two looks at a queue without messages. @default 100 */
  readonly pollMilliseconds?: number;
}

const POLL_MILLISECONDS = 100;

const FAILURE_PAUSE = 1000;

/**
 * Reads a queue and calls a function with its messages, in no promised order, at least once. What the function did not name
 * as failed is deleted; the rest comes again when its visibility ends, which the function may have changed (AWS, "Using
 * Lambda with Amazon SQS").
 * @returns ends it: messages that are under way come again
 */
export function startQueueMapping(options: QueueMappingOptions): { readonly end: () => void } {
  const end = new AbortController();
  for (let poller = 0; poller < options.concurrency; poller++) void follow(options, end.signal);
  return { end: () => end.abort() };
}

/** Never rejects: what goes wrong is told, and the messages come again. */
async function follow(options: QueueMappingOptions, signal: AbortSignal): Promise<void> {
  const { pollMilliseconds = POLL_MILLISECONDS, queues, queue, batchSize, log } = options;
  while (!signal.aborted) {
    try {
      const messages = await queues.receive(queue, batchSize);
      if (messages.length > 0) await deliver(options, messages);
      else await wait(pollMilliseconds, undefined, { signal, ref: false });
    } catch (error) {
      if (signal.aborted) return;
      log(`The queue ${queue} could not be read on: ${(error as Error).message}`);
      await wait(FAILURE_PAUSE, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}

async function deliver(options: QueueMappingOptions, messages: readonly ReceivedMessage[]): Promise<void> {
  const { queues, queue, log } = options;
  const { payload, functionError } = await options.invoke({ Records: messages.map((one) => toEvent(options, one)) });
  if (functionError) {
    log(`${messages.length} messages of ${queue} were not taken: ${payload.toString()}`);
    return;
  }
  const { batchItemFailures = [] } = (JSON.parse(payload.toString()) ?? {}) as {
    readonly batchItemFailures?: readonly { readonly itemIdentifier: string }[];
  };
  const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  // An id that is none of the batch's fails the batch as a whole.
  if (failed.some((id) => !messages.some((one) => one.id === id))) return;
  const done = messages.filter(({ id }) => !failed.includes(id));
  if (done.length > 0)
    await queues.delete(
      queue,
      done.map(({ receipt }) => receipt),
    );
}

/** As Lambda gives it to functions (AWS, "Example standard queue message event"). */
function toEvent({ queue, region }: QueueMappingOptions, message: ReceivedMessage) {
  const { id, receipt, body, receives, sentAt } = message;
  return {
    messageId: id,
    receiptHandle: receipt,
    body,
    attributes: { ApproximateReceiveCount: String(receives), SentTimestamp: String(sentAt) },
    messageAttributes: {},
    eventSource: 'aws:sqs',
    eventSourceARN: queue,
    awsRegion: region,
  };
}
