import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FaultProxyOptions, startFaultProxy } from '../../src/faults/fault-proxy.ts';
import type { FaultRule } from '../../src/faults/fault-rule.ts';
import { settableFaults } from '../../src/faults/fault-switch.ts';
import { indexLag } from '../../src/faults/index-lag.ts';
import { startDynamoDb } from '../../src/services/dynamodb/dynamodb.ts';
import { OWNER, REGION, S3Fixture } from '../services/s3/s3-fixture.ts';

const open: (() => unknown)[] = [];
const now = { value: 0 };

beforeEach(() => {
  now.value = 1_000_000;
});

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const faultsOf = (...faults: FaultRule[]) => settableFaults({ seed: 1, faults });

async function proxyBefore(options: FaultProxyOptions): Promise<string> {
  const proxy = await startFaultProxy(options);
  open.push(() => proxy.close());
  return proxy.endpoint;
}

const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** A table with an index over a proxy, and a client that asks once. */
async function startTable(faults = faultsOf()) {
  const server = await startDynamoDb({ file: undefined, log: () => undefined });
  open.push(() => server.close());
  const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
  await server.ensureTable('table', {
    AttributeDefinitions: [text('id'), text('group')],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'groups',
        KeySchema: [{ AttributeName: 'group', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  });
  const lag = indexLag(['id'], () => now.value);
  const endpoint = await proxyBefore({ target: server.endpoint, at: 'dynamodb', faults, indexLag: lag });
  const client = new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials: CREDENTIALS, maxAttempts: 1 });
  open.push(() => client.destroy());
  return client;
}

const item = (id: string) => ({ id: { S: id }, group: { S: 'g' } });
const put = (id: string) => new PutItemCommand({ TableName: 'table', Item: item(id) });
const get = (id: string) => new GetItemCommand({ TableName: 'table', Key: { id: { S: id } }, ConsistentRead: true });
const transaction = (...ids: string[]) =>
  new TransactWriteItemsCommand({ TransactItems: ids.map((id) => ({ Put: { TableName: 'table', Item: item(id) } })) });

it('answers are those of the service when nothing goes wrong', async () => {
  const client = await startTable();

  await client.send(put('a'));

  expect((await client.send(get('a'))).Item).toEqual(item('a'));
});

it('a transaction that meets another one is cancelled with the reason of one item, and other writes are not', async () => {
  const client = await startTable(faultsOf({ at: 'dynamodb', fault: 'conflict' }));

  await client.send(put('a'));
  const refused = await client.send(transaction('b', 'c')).catch((error) => error);

  expect(refused.name).toBe('TransactionCanceledException');
  expect(refused.CancellationReasons.map(({ Code }: { Code: string }) => Code).sort()).toEqual([
    'None',
    'TransactionConflict',
  ]);
  expect((await client.send(get('b'))).Item).toBeUndefined();
});

it('what is throttled or broken is not done', async () => {
  const faults = faultsOf(
    { at: 'dynamodb', call: 'PutItem', fault: 'throttle', times: 1 },
    { at: 'dynamodb', call: 'PutItem', fault: 'error', times: 1 },
  );
  const client = await startTable(faults);

  await expect(client.send(put('a'))).rejects.toThrow(expect.objectContaining({ name: 'ThrottlingException' }));
  await expect(client.send(put('a'))).rejects.toThrow(expect.objectContaining({ name: 'InternalServerError' }));
  expect((await client.send(get('a'))).Item).toBeUndefined();
  await client.send(put('a'));

  expect(faults.counts).toEqual({ 'dynamodb throttle': 1, 'dynamodb error': 1 });
});

it('what was asked for is done although the answer is lost', async () => {
  const client = await startTable(faultsOf({ at: 'dynamodb', call: 'PutItem', fault: 'lose-answer' }));

  await expect(client.send(put('a'))).rejects.toThrow();

  expect((await client.send(get('a'))).Item).toEqual(item('a'));
});

it('an index lacks what was written a moment ago, and tells what it told a moment ago', async () => {
  const faults = faultsOf();
  const client = await startTable(faults);
  const query = () =>
    client.send(
      new QueryCommand({
        TableName: 'table',
        IndexName: 'groups',
        KeyConditionExpression: '#group = :group',
        ExpressionAttributeNames: { '#group': 'group' },
        ExpressionAttributeValues: { ':group': { S: 'g' } },
      }),
    );
  await client.send(put('old'));
  now.value += 10_000;
  faults.set({ seed: 2, faults: [{ at: 'dynamodb', fault: 'index-lag', milliseconds: 5000 }] });
  await client.send(transaction('new'));

  expect(await query()).toMatchObject({ Count: 1, Items: [item('old')] });

  now.value += 6000;
  expect((await query()).Count).toBe(2);
  await client.send(put('newest'));
  expect((await query()).Count).toBe(2);
  now.value += 6000;
  expect((await query()).Count).toBe(3);
});

it('a region that is cut off answers nothing, and what was asked of it is not done', async () => {
  const faults = faultsOf();
  const client = await startTable(faults);
  faults.set({ seed: 1, faults: [], cut: ['eu-west-1'] });

  await expect(client.send(put('a'))).rejects.toThrow(/socket hang up|ECONNRESET/);
  faults.set({ seed: 1, faults: [], cut: ['us-west-2'] });

  expect((await client.send(get('a'))).Item).toBeUndefined();
});

it('a store of objects asks for slower calls, loses answers, and takes time; bytes are what they were', async () => {
  const s3 = new S3Fixture('faulty');
  await s3.start();
  open.push(() => s3.stop());
  const faults = faultsOf({ at: 's3', call: 'PUT', fault: 'slow-down', times: 1 });
  const endpoint = await proxyBefore({ target: s3.endpoint, at: 's3', faults });
  const client = new S3Client({ endpoint, region: REGION, credentials: OWNER, forcePathStyle: true, maxAttempts: 1 });
  open.push(() => client.destroy());
  const bytes = Buffer.alloc(3_000_000, 'x');
  const place = { Bucket: s3.Bucket, Key: 'a' };
  const read = async () => (await client.send(new GetObjectCommand(place))).Body?.transformToByteArray();

  const slower = await client.send(new PutObjectCommand({ ...place, Body: bytes })).catch((error) => error);
  expect(slower).toMatchObject({ name: 'SlowDown', $metadata: { httpStatusCode: 503 } });
  await expect(read()).rejects.toThrow();
  faults.set({ seed: 1, faults: [{ at: 's3', call: 'PUT', fault: 'lose-answer' }] });
  await expect(client.send(new PutObjectCommand({ ...place, Body: bytes }))).rejects.toThrow();
  faults.set({ seed: 1, faults: [{ at: 's3', call: 'GET', fault: 'delay', milliseconds: 300 }] });

  expect(bytes.equals((await read()) ?? Buffer.of())).toBe(true);
});
