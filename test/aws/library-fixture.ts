import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';

/** A library table with the keys and the index that the product's table has, on a real DynamoDB-compatible server. */
export interface LibraryFixture {
  readonly endpoint: string;
  readonly table: string;
  readonly client: DynamoDBClient;
  /** All items, without what ElectroDB adds, sorted by key. */
  readonly items: () => Promise<Record<string, unknown>[]>;
  readonly close: () => Promise<void>;
}

export const TEST_CREDENTIALS = { accessKeyId: 'AKIATESTTESTTESTTEST', secretAccessKey: 'test-secret' } as const;
export const TEST_REGION = 'eu-west-1';

export async function startLibraryFixture(): Promise<LibraryFixture> {
  const { endpoint, stop } = await startServer();
  const client = new DynamoDBClient({ endpoint, region: TEST_REGION, credentials: TEST_CREDENTIALS });
  const table = 'library';
  await createTable(client, table);
  return {
    endpoint,
    table,
    client,
    items: async () => {
      const { Items = [] } = await DynamoDBDocumentClient.from(client).send(new ScanCommand({ TableName: table }));
      return Items.map(({ __edb_e__, __edb_v__, ...item }) => item).sort((a, b) =>
        `${a.pk}${a.sk}` < `${b.pk}${b.sk}` ? -1 : 1,
      );
    },
    close: async () => {
      client.destroy();
      await stop();
    },
  };
}

async function createTable(client: DynamoDBClient, table: string): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map((name) => ({
        AttributeName: name,
        AttributeType: 'S',
      })),
      KeySchema: keySchema('pk', 'sk'),
      GlobalSecondaryIndexes: [
        { IndexName: 'gsi1', KeySchema: keySchema('gsi1pk', 'gsi1sk'), Projection: { ProjectionType: 'ALL' } },
      ],
    }),
  );
}

const keySchema = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' as const },
  { AttributeName: range, KeyType: 'RANGE' as const },
];

async function startServer() {
  const port = await freePort();
  const child = spawn('node_modules/@dynoxide/linux-x64/dynoxide', ['--port', String(port)], { stdio: 'ignore' });
  const endpoint = `http://127.0.0.1:${port}`;
  for (
    let i = 0;
    i < 200 &&
    !(await fetch(endpoint).then(
      () => true,
      () => false,
    ));
    i++
  )
    await pause(20);
  return {
    endpoint,
    stop: async () => {
      child.kill();
      await once(child, 'exit');
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
