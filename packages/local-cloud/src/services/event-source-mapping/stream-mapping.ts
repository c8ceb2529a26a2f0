import { setTimeout as wait } from 'node:timers/promises';
import type { StreamRecord, TableStream } from '../dynamodb/table-stream.ts';
import { compilePattern, type EventPattern } from '../events/pattern.ts';
import { type BatchOutcome, deliverBatch } from './stream-batches.ts';

/** What a function answered. */
export interface Answered {
  readonly payload: Buffer;
  readonly functionError?: string;
}

export interface StreamMappingOptions {
  readonly stream: TableStream;
  readonly streamArn: string;
  readonly region: string;
  readonly batchSize: number;
  readonly retries: number;
  /** Milliseconds for which records are gathered before a call, unless they fill a batch. @default 0 */
  readonly windowMilliseconds?: number;
  /** Patterns of `FilterCriteria`; a record has to fit one. @default every record fits */
  readonly filters?: readonly EventPattern[];
  readonly invoke: (event: object) => Promise<Answered>;
  /** Takes what Lambda tells of a batch that was given up. */
  readonly giveUp: (description: object) => Promise<void>;
  readonly log: (line: string) => void;
  /** Milliseconds between two looks at a stream without records, and before the first repetition. @default 100 */
  readonly pollMilliseconds?: number;
}

const POLL_MILLISECONDS = 100;

const FAILURE_PAUSE = 1000;

/** Looks at records that are gathered, in one window. */
const LOOKS_IN_WINDOW = 10;

/** Records of one look. Those that fit no filter cost no call. */
const LOOK = 1000;

/** The one shard's name, as dynoxide's. */
const SHARD = 'shardId-00000001';

/**
 * Reads a table's stream and calls a function with its records, in their order, at least once. What is done is removed from the
 * stream: that is the position, and a restart goes on from there.
 * @returns ends it: the batch that is under way comes again at the next start
 */
export function startStreamMapping(options: StreamMappingOptions): { readonly end: () => void } {
  const end = new AbortController();
  void follow(options, end.signal);
  return { end: () => end.abort() };
}

/** Never rejects: what goes wrong is told, and tried again. */
async function follow(options: StreamMappingOptions, signal: AbortSignal): Promise<void> {
  const { pollMilliseconds = POLL_MILLISECONDS, windowMilliseconds = 0, streamArn, log } = options;
  const pause = Math.max(pollMilliseconds, windowMilliseconds / LOOKS_IN_WINDOW);
  const look = lookAt(options, signal);
  while (!signal.aborted) {
    try {
      if ((await look()) < LOOK) await wait(pause, undefined, { signal });
    } catch (error) {
      if (signal.aborted) return;
      log(`The stream ${streamArn} could not be read on: ${(error as Error).message}`);
      await wait(FAILURE_PAUSE, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** @returns what reads on once, and tells how many records there were */
function lookAt(options: StreamMappingOptions, signal: AbortSignal): () => Promise<number> {
  const { stream, batchSize, windowMilliseconds = 0 } = options;
  const filters = options.filters?.map(compilePattern);
  const fits = (record: StreamRecord) => !filters || filters.some((matches) => matches(toEvent(options, record)));
  let position = 0;
  /** Of what is read and not delivered yet, all records and those that fit: each is read and parsed once. */
  let held: { readonly records: StreamRecord[]; readonly wanted: StreamRecord[] } = { records: [], wanted: [] };
  let gatheredSince: number | undefined;
  const isGathering = (records: number, wanted: number): boolean => {
    if (wanted === 0 || wanted >= batchSize || records === LOOK) return false;
    gatheredSince ??= Date.now();
    return Date.now() - gatheredSince < windowMilliseconds;
  };
  return async () => {
    const { records, wanted } = held;
    const read = stream.read(records.at(-1)?.id ?? position, LOOK - records.length);
    records.push(...read);
    wanted.push(...read.filter(fits));
    if (isGathering(records.length, wanted.length)) return 0;
    gatheredSince = undefined;
    for (let from = 0; from < wanted.length && !signal.aborted; from += batchSize) {
      await deliver(options, wanted.slice(from, from + batchSize), signal);
    }
    const last = records.at(-1);
    if (last && !signal.aborted) {
      await stream.forget(last.id);
      position = last.id;
      held = { records: [], wanted: [] };
    }
    return records.length;
  };
}

function deliver(options: StreamMappingOptions, batch: readonly StreamRecord[], signal: AbortSignal): Promise<void> {
  const { retries, log, pollMilliseconds: pause = POLL_MILLISECONDS } = options;
  return deliverBatch(
    {
      call: (records) => callFunction(options, records),
      giveUp: async (records, message, calls) => {
        log(`${records.length} records of ${options.streamArn} were given up after ${calls} calls: ${message}`);
        await options.giveUp(description(options.streamArn, records, calls));
      },
      ...{ retries, pause, signal },
    },
    batch,
  );
}

async function callFunction(options: StreamMappingOptions, records: readonly StreamRecord[]): Promise<BatchOutcome> {
  const { payload, functionError } = await options.invoke({ Records: records.map((one) => toEvent(options, one)) });
  if (functionError) return { kind: 'failed', message: payload.toString() };
  const { batchItemFailures = [] } = (JSON.parse(payload.toString()) ?? {}) as {
    readonly batchItemFailures?: readonly { readonly itemIdentifier: string }[];
  };
  if (batchItemFailures.length === 0) return { kind: 'done' };
  const ids = batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier));
  const known = ids.filter((id) => records.some((record) => record.id === id));
  // A number that is none of the batch's, or none at all, fails the batch as a whole.
  return known.length < ids.length
    ? { kind: 'failed', message: 'The function named records that it was not given.' }
    : { kind: 'from', id: Math.min(...known) };
}

/** As Lambda gives it to functions (AWS, "Example DynamoDB event"). */
function toEvent({ region, streamArn }: Pick<StreamMappingOptions, 'region' | 'streamArn'>, record: StreamRecord) {
  const { id, eventName, createdAt, keys, newImage, oldImage } = record;
  return {
    eventID: String(id),
    eventName,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb: {
      ApproximateCreationDateTime: createdAt,
      Keys: keys,
      ...(newImage && { NewImage: newImage }),
      ...(oldImage && { OldImage: oldImage }),
      SequenceNumber: String(id),
      SizeBytes: JSON.stringify([newImage, oldImage]).length,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
    eventSourceARN: streamArn,
  };
}

/** What Lambda sends to a destination: where the records are, not the records (AWS, "Discarded batches"). */
function description(streamArn: string, records: readonly StreamRecord[], calls: number): object {
  const [first, last] = [records[0], records.at(-1)];
  return {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: calls },
    DDBStreamBatchInfo: {
      shardId: SHARD,
      startSequenceNumber: String(first?.id),
      endSequenceNumber: String(last?.id),
      batchSize: records.length,
      streamArn,
    },
  };
}
