import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DynamoDBClient, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { settableFaults } from '../../../src/faults/fault-switch.ts';
import { withStreamFaults } from '../../../src/faults/stream-faults.ts';
import { type DynamoDb, startDynamoDb } from '../../../src/services/dynamodb/dynamodb.ts';
import type { TableStream } from '../../../src/services/dynamodb/table-stream.ts';
import { shareStream } from '../../../src/services/event-source-mapping/shared-stream.ts';
import {
  type StreamMappingOptions,
  startStreamMapping,
} from '../../../src/services/event-source-mapping/stream-mapping.ts';

interface Batch {
  readonly Records: readonly {
    readonly eventName: string;
    readonly dynamodb: { readonly Keys: { readonly pk: { readonly S: string } }; readonly SequenceNumber: string };
  }[];
}

let folder: string;
let server: DynamoDb;
let client: DynamoDBClient;
let stream: TableStream;
const ends: (() => void)[] = [];

const TABLE = {
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' as const }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' as const }],
};

const start = async (): Promise<void> => {
  server = await startDynamoDb({ file: join(folder, 'tables.sqlite'), log: () => undefined });
  await server.ensureTable('things', TABLE);
  stream = await server.openStream('things');
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new DynamoDBClient({ endpoint: server.endpoint, region: 'eu-west-1', credentials });
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-cloud-streams-'));
  await start();
});

afterEach(async () => {
  for (const end of ends.splice(0)) end();
  client.destroy();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const put = (pk: string, n = '1') =>
  client.send(new PutItemCommand({ TableName: 'things', Item: { pk: { S: pk }, n: { N: n } } }));

const done = { payload: Buffer.from('null') };

function follow(invoke: (batch: Batch) => Promise<object>, options: Partial<StreamMappingOptions> = {}) {
  const mapping = startStreamMapping({
    stream,
    streamArn: 'arn:aws:dynamodb:eu-west-1:000000000000:table/things/stream/local',
    region: 'eu-west-1',
    batchSize: 10,
    retries: 2,
    invoke: async (event) => ({ ...done, ...(await invoke(event as Batch)) }),
    giveUp: async () => undefined,
    log: () => undefined,
    pollMilliseconds: 10,
    ...options,
  });
  ends.push(mapping.end);
  return mapping;
}

const keysOf = ({ Records }: Batch) => Records.map(({ dynamodb }) => dynamodb.Keys.pk.S);

test('a change of an item is a record with both images, in order, and what was read is removed from the server', async () => {
  const seen: Batch[] = [];
  await put('a');
  await put('a', '2');
  await client.send(
    new TransactWriteItemsCommand({
      TransactItems: [{ Delete: { TableName: 'things', Key: { pk: { S: 'a' } } } }],
    }),
  );
  follow(async (batch) => {
    seen.push(batch);
    return {};
  });

  await vi.waitFor(() => expect(stream.read(0, 10)).toEqual([]), 20_000);
  const records = seen.flatMap(({ Records }) => Records);
  expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
  expect(records[1]).toMatchObject({
    eventSource: 'aws:dynamodb',
    dynamodb: {
      Keys: { pk: { S: 'a' } },
      OldImage: { pk: { S: 'a' }, n: { N: '1' } },
      NewImage: { pk: { S: 'a' }, n: { N: '2' } },
    },
  });
});

test('records that fit no filter cost no call and are removed', async () => {
  const calls: string[][] = [];
  const invoke = async (batch: Batch) => {
    calls.push(keysOf(batch));
    return {};
  };
  follow(invoke, {
    filters: [{ dynamodb: { Keys: { pk: { S: [{ prefix: 'x#' }] } } } }],
  });

  await put('y#1');
  await put('x#1');
  await put('y#2');

  await vi.waitFor(() => expect(stream.read(0, 10)).toEqual([]), 20_000);
  expect(calls).toEqual([['x#1']]);
});

test('one bad record is found by halving and given up, and stops no other', async () => {
  for (const pk of ['a', 'b', 'bad', 'c', 'd']) await put(pk);
  const taken: string[] = [];
  const givenUp: object[] = [];

  follow(
    async (batch) => {
      if (keysOf(batch).includes('bad')) return { functionError: 'Unhandled', payload: Buffer.from('{}') };
      taken.push(...keysOf(batch));
      return {};
    },
    { giveUp: async (description) => void givenUp.push(description) },
  );

  await vi.waitFor(() => expect(stream.read(0, 10)).toEqual([]), 20_000);
  expect(taken.sort()).toEqual(['a', 'b', 'c', 'd']);
  expect(givenUp).toMatchObject([
    { requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 } },
  ]);
  expect(givenUp).toMatchObject([{ DDBStreamBatchInfo: { startSequenceNumber: '3', endSequenceNumber: '3' } }]);
});

test('records that the function names come again, and those before them do not', async () => {
  for (const pk of ['a', 'b', 'c']) await put(pk);
  const calls: string[][] = [];

  follow(async (batch) => {
    calls.push(keysOf(batch));
    const failed = batch.Records.find(({ dynamodb }) => dynamodb.Keys.pk.S === 'b');
    const batchItemFailures = [{ itemIdentifier: failed?.dynamodb.SequenceNumber }];
    return calls.length === 1 ? { payload: Buffer.from(JSON.stringify({ batchItemFailures })) } : {};
  });

  await vi.waitFor(() => expect(stream.read(0, 10)).toEqual([]), 20_000);
  expect(calls).toEqual([
    ['a', 'b', 'c'],
    ['b', 'c'],
  ]);
});

test('what was not done comes again after a restart of the server, and numbers are never given twice', async () => {
  await put('a');
  const first = stream.read(0, 10);
  await stream.forget(first[0]?.id ?? 0);
  await put('b');
  client.destroy();
  await server.close();
  await start();
  await put('c');

  const left = stream.read(0, 10);

  expect(left.map(({ keys }) => keys.pk)).toEqual([{ S: 'b' }, { S: 'c' }]);
  expect(left[0]?.id).toBeGreaterThan(first[0]?.id ?? 0);
});

test('faults give a batch twice, late and in another order', async () => {
  const calls: string[][] = [];
  const invoke = async (event: object) => {
    calls.push(keysOf(event as Batch));
    return done;
  };
  const faults = (fault: 'twice' | 'reorder' | 'delay') =>
    settableFaults({ seed: 1, faults: [{ at: 'streams', fault, times: 1, milliseconds: 5 }] });
  const event = { Records: [{ dynamodb: { Keys: { pk: { S: 'a' } } } }, { dynamodb: { Keys: { pk: { S: 'b' } } } }] };

  await withStreamFaults(invoke, faults('twice'))(event);
  await withStreamFaults(invoke, faults('reorder'))(event);
  await withStreamFaults(invoke, faults('delay'))(event);

  expect(calls).toEqual([
    ['a', 'b'],
    ['a', 'b'],
    ['b', 'a'],
    ['a', 'b'],
  ]);
});

test('a server in memory has no streams', async () => {
  const inMemory = await startDynamoDb({ file: undefined, log: () => undefined });

  await expect(inMemory.openStream('things')).rejects.toThrow('A server in memory has no streams.');
  await inMemory.close();
});

test('records are gathered for a window, and a full batch waits for none', async () => {
  const calls: string[][] = [];
  const invoke = async (batch: Batch) => {
    calls.push(keysOf(batch));
    return {};
  };
  follow(invoke, { windowMilliseconds: 4000, batchSize: 4 });

  for (const pk of ['a', 'b', 'c']) await put(pk);
  expect(calls).toEqual([]);
  await vi.waitFor(() => expect(calls).toEqual([['a', 'b', 'c']]), 20_000);
  const began = Date.now();
  for (const pk of ['d', 'e', 'f', 'g']) await put(pk);
  await vi.waitFor(() => expect(calls).toHaveLength(2), 20_000);
  expect(Date.now() - began).toBeLessThan(3900);
});

test('two mappings of a stream have every record each, and it goes when the slower one has it', async () => {
  const [one, other] = shareStream(stream, 2) as [TableStream, TableStream];
  const seen: Record<string, string[]> = { one: [], other: [] };
  const into = (name: string) => async (batch: Batch) => {
    seen[name]?.push(...keysOf(batch));
    return {};
  };
  follow(into('one'), { stream: one });
  for (const pk of ['a', 'b']) await put(pk);
  await vi.waitFor(() => expect(seen.one).toEqual(['a', 'b']), 20_000);
  expect(stream.read(0, 10)).toHaveLength(2);

  follow(into('other'), { stream: other });
  await vi.waitFor(() => expect(stream.read(0, 10)).toEqual([]), 20_000);
  expect(seen).toEqual({ one: ['a', 'b'], other: ['a', 'b'] });
});

test('the server looks up a table’s last number, which it asks for with every write, in an index', () => {
  const beside = new DatabaseSync(join(folder, 'tables.sqlite'), { readOnly: true });
  const asked =
    'SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records WHERE table_name = ?';
  const [step] = beside.prepare(`EXPLAIN QUERY PLAN ${asked}`).all('things');
  beside.close();

  expect(step?.detail).toContain('USING COVERING INDEX stream_numbers (table_name=?)');
});
