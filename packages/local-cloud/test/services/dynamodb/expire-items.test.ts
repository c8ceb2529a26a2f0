import { DynamoDBClient, PutItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { startDynamoDb } from '../../../src/services/dynamodb/dynamodb.ts';
import { expireItems } from '../../../src/services/dynamodb/expire-items.ts';

const TABLE = { tableName: 'library', attribute: 'expiresAt', key: ['pk'] };
const NOW = new Date('2026-11-28T12:00:00Z');

/** A table of more than two pages, each of at most a megabyte; every second item has ended. */
async function startLargeTable() {
  const server = await startDynamoDb({ file: undefined, log: () => undefined });
  await server.ensureTable(TABLE.tableName, {
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: server.endpoint, region: 'eu-west-1', credentials });
  for (let index = 0; index < 8; index++) {
    const expiresAt = { N: String(NOW.getTime() / 1000 + (index % 2 === 0 ? -1 : 60)) };
    const Item = { pk: { S: `item-${index}` }, expiresAt, text: { S: 'x'.repeat(300_000) } };
    await client.send(new PutItemCommand({ TableName: TABLE.tableName, Item }));
  }
  const close = async () => {
    client.destroy();
    await server.close();
  };
  return { client, close };
}

test('a look at a large table leaves the server to others after every page but the last', async () => {
  const { client, close } = await startLargeTable();
  const pauses: number[] = [];

  await expireItems(client, TABLE, NOW, async (milliseconds) => void pauses.push(milliseconds));

  const left: number[] = [];
  for await (const page of paginateScan({ client }, { TableName: TABLE.tableName })) left.push(page.Count ?? 0);
  expect(left.reduce((sum, count) => sum + count)).toBe(4);
  expect(pauses.length).toBeGreaterThanOrEqual(2);
  // A page of a megabyte takes longer than a tenth of a millisecond.
  expect(Math.min(...pauses)).toBeGreaterThan(2);
  await close();
});

test('a look ends with the one who waits for it', async () => {
  const { client, close } = await startLargeTable();
  const closing = () => Promise.reject(new Error('closing'));

  await expect(expireItems(client, TABLE, NOW, closing)).rejects.toThrow('closing');
  await close();
});
