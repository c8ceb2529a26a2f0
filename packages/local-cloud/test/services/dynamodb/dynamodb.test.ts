import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DynamoDb, type DynamoDbOptions, startDynamoDb } from '../../../src/services/dynamodb/dynamodb.ts';
import { findDynoxide } from '../../../src/services/dynamodb/find-dynoxide.ts';
import type { TableProperties } from '../../../src/services/dynamodb/table-properties.ts';

let folder: string;
const open: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-cloud-dynamodb-'));
});

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
  await rm(folder, { recursive: true, force: true });
});

async function start(options: Partial<DynamoDbOptions> = {}): Promise<DynamoDb> {
  const started = await startDynamoDb({ file: undefined, log: () => undefined, ...options });
  open.push(() => started.close());
  return started;
}

function client(endpoint: string): DynamoDBClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const made = new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials });
  open.push(async () => made.destroy());
  return made;
}

const TABLE: TableProperties = {
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
    { AttributeName: 'gsi1pk', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'gsi1',
      KeySchema: [{ AttributeName: 'gsi1pk', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};

const WITHOUT_INDEX: TableProperties = {
  AttributeDefinitions: TABLE.AttributeDefinitions.slice(0, 2),
  KeySchema: TABLE.KeySchema,
};

test('a table has the key, the indexes and the time to live of the template, and no stream that nobody reads', async () => {
  const dynamoDb = await start();
  const db = client(dynamoDb.endpoint);

  await dynamoDb.ensureTable('library', {
    ...TABLE,
    TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
  });

  const { Table } = await db.send(new DescribeTableCommand({ TableName: 'library' }));
  const { TimeToLiveDescription } = await db.send(new DescribeTimeToLiveCommand({ TableName: 'library' }));
  expect(Table).toMatchObject({
    TableStatus: 'ACTIVE',
    KeySchema: TABLE.KeySchema,
    GlobalSecondaryIndexes: [{ IndexName: 'gsi1', Projection: { ProjectionType: 'ALL' } }],
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
  });
  expect(Table?.StreamSpecification?.StreamEnabled ?? false).toBe(false);
  expect(TimeToLiveDescription).toEqual({ AttributeName: 'ttl', TimeToLiveStatus: 'ENABLED' });
});

test('a later template adds an index with the items that are there, changes it and removes it', async () => {
  const dynamoDb = await start();
  const db = client(dynamoDb.endpoint);
  await dynamoDb.ensureTable('library', WITHOUT_INDEX);
  const Item = { pk: { S: 'a' }, sk: { S: 'b' }, gsi1pk: { S: 'x' }, other: { S: 'held' } };
  await db.send(new PutItemCommand({ TableName: 'library', Item }));
  const indexed = async () =>
    (
      await db.send(
        new QueryCommand({
          TableName: 'library',
          IndexName: 'gsi1',
          KeyConditionExpression: 'gsi1pk = :x',
          ExpressionAttributeValues: { ':x': { S: 'x' } },
        }),
      )
    ).Items;
  await dynamoDb.ensureTable('library', TABLE);
  expect(await indexed()).toEqual([Item]);

  const [index] = TABLE.GlobalSecondaryIndexes ?? [];
  const keysOnly = { ...(index as NonNullable<typeof index>), Projection: { ProjectionType: 'KEYS_ONLY' as const } };
  await dynamoDb.ensureTable('library', { ...TABLE, GlobalSecondaryIndexes: [keysOnly] });
  expect((await indexed())?.[0]).not.toHaveProperty('other');

  await dynamoDb.ensureTable('library', WITHOUT_INDEX);
  await expect(indexed()).rejects.toThrow();
});

test('the same template a second time changes nothing', async () => {
  const dynamoDb = await start();
  const properties = {
    ...TABLE,
    TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
  };
  await dynamoDb.ensureTable('library', properties);
  const db = client(dynamoDb.endpoint);
  const before = await db.send(new DescribeTableCommand({ TableName: 'library' }));

  await dynamoDb.ensureTable('library', properties);

  const after = await db.send(new DescribeTableCommand({ TableName: 'library' }));
  expect(after.Table).toEqual(before.Table);
});

test('another key is refused, because it would lose the items', async () => {
  const dynamoDb = await start();
  await dynamoDb.ensureTable('library', WITHOUT_INDEX);

  const changed = { ...WITHOUT_INDEX, KeySchema: WITHOUT_INDEX.KeySchema.slice(0, 1) };

  await expect(dynamoDb.ensureTable('library', changed)).rejects.toThrow('Remove the state folder');
});

test('items whose time is past go away; the others, and those of long ago or without a number, stay', async () => {
  const now = new Date('2026-06-01T00:00:00Z');
  const seconds = now.getTime() / 1000;
  const dynamoDb = await start({ now: () => now, expiryInterval: 30 });
  const db = client(dynamoDb.endpoint);
  const lives = {
    past: { N: String(seconds - 1) },
    future: { N: String(seconds + 60) },
    ancient: { N: '1' },
    text: { S: '1' },
  };
  await dynamoDb.ensureTable('plain', WITHOUT_INDEX);
  await dynamoDb.ensureTable('library', {
    ...WITHOUT_INDEX,
    TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
  });

  for (const TableName of ['plain', 'library']) {
    for (const [name, ttl] of Object.entries(lives)) {
      await db.send(new PutItemCommand({ TableName, Item: { pk: { S: name }, sk: { S: name }, ttl } }));
    }
  }

  const names = async (TableName: string) =>
    (await db.send(new ScanCommand({ TableName }))).Items?.map((item) => item.pk?.S).toSorted();
  await expect.poll(() => names('library')).toEqual(['ancient', 'future', 'text']);
  expect(await names('plain')).toEqual(['ancient', 'future', 'past', 'text']);
});

test('what was written survives a parent that is killed, and the server does not outlive it', async () => {
  const file = join(folder, 'state', 'tables.sqlite');
  const program = join(folder, 'parent.mjs');
  const module = pathToFileURL('packages/local-cloud/src/services/dynamodb/dynamodb.ts').href;
  const source = `import { startDynamoDb } from '${module}';
    const dynamoDb = await startDynamoDb({ file: ${JSON.stringify(file)}, log() {} });
    await dynamoDb.ensureTable('library', ${JSON.stringify(WITHOUT_INDEX)});
    console.log(dynamoDb.endpoint);
    setInterval(() => {}, 1000);`;
  await writeFile(program, source);
  const parent = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [endpoint] = (await once(createInterface({ input: parent.stdout as Readable }), 'line')) as [string];
  const Item = { pk: { S: 'a' }, sk: { S: 'b' } };
  await client(endpoint).send(new PutItemCommand({ TableName: 'library', Item }));

  parent.kill('SIGKILL');
  await expect
    .poll(() =>
      fetch(endpoint).then(
        () => 'up',
        () => 'down',
      ),
    )
    .toBe('down');

  const again = await start({ file });
  await again.ensureTable('library', WITHOUT_INDEX);
  const found = await client(again.endpoint).send(new GetItemCommand({ TableName: 'library', Key: Item }));
  expect(found.Item).toEqual(Item);
});

/** The process that listens on an endpoint's port, among the children of this one. */
async function serverOf(endpoint: string): Promise<number> {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean);
  const [, port = ''] = /:(\d+)$/.exec(endpoint) ?? [];
  const found = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(port));
  return Number(found);
}

test('a server that is killed is started again on its port, with everything that was acknowledged', async () => {
  const said: string[] = [];
  const { endpoint, ensureTable } = await start({
    file: join(folder, 'tables.sqlite'),
    log: (line) => said.push(line),
  });
  await ensureTable('library', WITHOUT_INDEX);
  const db = client(endpoint);
  for (let kill = 0; kill < 3; kill++) {
    const Item = { pk: { S: 'a' }, sk: { S: String(kill) } };
    await db.send(new PutItemCommand({ TableName: 'library', Item }));

    process.kill(await serverOf(endpoint), 'SIGKILL');

    const found = await db.send(new GetItemCommand({ TableName: 'library', Key: Item }));
    expect(found.Item).toEqual(Item);
  }
  expect(said.filter((line) => line === 'The DynamoDB server ended: SIGKILL.')).toHaveLength(3);
});

test('a server that cannot be kept running, and one whose data were in memory, end with a sentence', async () => {
  const lost = Promise.withResolvers<string>();
  const file = join(folder, 'tables.sqlite');
  const kept = await start({ file, onLost: lost.resolve });
  const killer = setInterval(() => {
    void serverOf(kept.endpoint).then((pid) => pid > 0 && process.kill(pid, 'SIGKILL'));
  }, 10);
  expect(await lost.promise).toBe('The DynamoDB server ended 6 times in a row, the last time by SIGKILL.');
  clearInterval(killer);

  const gone = Promise.withResolvers<string>();
  const inMemory = await start({ onLost: gone.resolve });
  process.kill(await serverOf(inMemory.endpoint), 'SIGKILL');
  expect(await gone.promise).toBe('The DynamoDB server ended (SIGKILL).');
});

test('several servers start at the same time', async () => {
  const started = await Promise.all(Array.from({ length: 6 }, () => start()));

  expect(new Set(started.map((dynamoDb) => dynamoDb.endpoint)).size).toBe(6);
});

test('a file that cannot be opened, and a missing program, are said in a sentence', async () => {
  await writeFile(join(folder, 'not-a-database'), 'text '.repeat(1000));

  await expect(start({ file: join(folder, 'not-a-database') })).rejects.toThrow('The DynamoDB server did not start');
  expect(() => findDynoxide('SAMPLE_DYNOXIDE', { SAMPLE_DYNOXIDE: '/nonexistent' })).toThrow(
    'SAMPLE_DYNOXIDE is "/nonexistent"',
  );
  expect(findDynoxide('SAMPLE_DYNOXIDE', { SAMPLE_DYNOXIDE: process.execPath })).toBe(process.execPath);
  expect(findDynoxide('SAMPLE_DYNOXIDE', {})).toContain('dynoxide');
});
