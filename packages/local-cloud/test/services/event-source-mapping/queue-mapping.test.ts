import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  type QueueMappingOptions,
  startQueueMapping,
} from '../../../src/services/event-source-mapping/queue-mapping.ts';
import { Queues } from '../../../src/services/sqs/queues.ts';

interface Batch {
  readonly Records: readonly {
    readonly messageId: string;
    readonly receiptHandle: string;
    readonly body: string;
    readonly attributes: { readonly ApproximateReceiveCount: string };
  }[];
}

const QUEUE = 'arn:aws:sqs:eu-west-1:000000000000:things';
let queues: Queues;
const ends: (() => void)[] = [];

beforeEach(async () => {
  queues = await Queues.open(undefined);
  queues.declare(QUEUE, { visibilitySeconds: 0.05 });
});

afterEach(() => {
  for (const end of ends.splice(0)) end();
});

const done = { payload: Buffer.from('null') };

function follow(invoke: (batch: Batch) => Promise<object>, options: Partial<QueueMappingOptions> = {}) {
  const mapping = startQueueMapping({
    ...{ queues, queue: QUEUE, region: 'eu-west-1', batchSize: 10, concurrency: 1, pollMilliseconds: 5 },
    invoke: async (event) => ({ ...done, ...(await invoke(event as Batch)) }),
    log: () => undefined,
    ...options,
  });
  ends.push(mapping.end);
}

const bodiesOf = ({ Records }: Batch) => Records.map(({ body }) => body);

test('messages come in batches, and those that the function takes are deleted', async () => {
  const seen: string[][] = [];
  for (const body of ['a', 'b', 'c']) await queues.send(QUEUE, body);
  follow(
    async (batch) => {
      seen.push(bodiesOf(batch));
      return {};
    },
    { batchSize: 2 },
  );

  await vi.waitFor(() => expect(seen).toEqual([['a', 'b'], ['c']]));
  await vi.waitFor(() => expect(queues.messages(QUEUE)).toEqual([]));
});

test('those that it names come again, counted, and the others do not', async () => {
  const seen: [string, string][] = [];
  for (const body of ['good', 'bad']) await queues.send(QUEUE, body);
  follow(async ({ Records }) => {
    seen.push(...Records.map(({ body, attributes }) => [body, attributes.ApproximateReceiveCount] as [string, string]));
    const failed = Records.filter((one) => one.body === 'bad' && one.attributes.ApproximateReceiveCount === '1');
    const batchItemFailures = failed.map(({ messageId }) => ({ itemIdentifier: messageId }));
    return { payload: Buffer.from(JSON.stringify({ batchItemFailures })) };
  });

  await vi.waitFor(() => expect(queues.messages(QUEUE)).toEqual([]));
  expect(seen).toEqual([
    ['good', '1'],
    ['bad', '1'],
    ['bad', '2'],
  ]);
});

test('a message that the function hid for longer comes no sooner', async () => {
  let calls = 0;
  await queues.send(QUEUE, 'a');
  follow(async ({ Records: [record] }) => {
    calls++;
    await queues.hide(QUEUE, record?.receiptHandle ?? '', 3600);
    return { payload: Buffer.from(JSON.stringify({ batchItemFailures: [{ itemIdentifier: record?.messageId }] })) };
  });

  await vi.waitFor(() => expect(calls).toBe(1));
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect([calls, queues.messages(QUEUE)]).toEqual([1, ['a']]);
});

test('nothing is deleted when the function fails, or names what it was not given', async () => {
  const answers = [
    { functionError: 'Unhandled', payload: Buffer.from('{}') },
    { payload: Buffer.from('{"batchItemFailures":[{"itemIdentifier":"nobody"}]}') },
    done,
  ];
  let calls = 0;
  await queues.send(QUEUE, 'a');
  follow(async () => answers[calls++] ?? done);

  await vi.waitFor(() => expect(queues.messages(QUEUE)).toEqual([]));
  expect(calls).toBe(3);
});
