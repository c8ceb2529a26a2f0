import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { dynamoDocuments } from '../../../lambda/adapters/signed-http/dynamo-documents.ts';
import type { LibraryFixture } from '../library-fixture.ts';
import { startLibraryFixture, testEnvironment } from '../library-fixture.ts';

/* On a real DynamoDB-compatible server; every command is one that the product sends. */
let fixture: LibraryFixture;
let client: DynamoDBDocumentClient;

beforeAll(async () => {
  fixture = await startLibraryFixture();
  client = dynamoDocuments(testEnvironment({ DYNAMODB: fixture.endpoint }));
});
afterAll(() => fixture?.close());

const TableName = 'library';
const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };
const item = (pk: string, sk: string, more: object = {}) => ({ pk, sk, ...more });
const put = (Item: Record<string, unknown>, more: object = {}) =>
  client.send(new PutCommand({ TableName, Item, ...more }));
const get = async (pk: string, sk: string) =>
  (await client.send(new GetCommand({ TableName, Key: { pk, sk }, ConsistentRead: true }))).Item;

describe('plain values', () => {
  it('come back as they were put; what is undefined is left out', async () => {
    const values = {
      text: 'ä',
      number: 1.5,
      yes: true,
      none: null,
      list: [1, ['a'], { b: 2 }],
      map: { Item: { c: 3 } },
    };
    await put(item('a', '1', { ...values, missing: undefined }));

    expect(await get('a', '1')).toEqual({ pk: 'a', sk: '1', ...values });
    expect(await get('a', 'none')).toBeUndefined();
  });
});

describe('a condition that does not hold', () => {
  it('is the exception of the SDK', async () => {
    await put(item('b', '1'));

    await expect(put(item('b', '1'), isNew)).rejects.toBeInstanceOf(ConditionalCheckFailedException);
  });

  it('of a transaction tells the reasons item by item, and nothing is written', async () => {
    const Put = { TableName, Item: item('c', '2'), ...isNew };
    const ConditionCheck = { TableName, Key: { pk: 'c', sk: 'none' }, ConditionExpression: 'attribute_exists(pk)' };
    const sent = client.send(new TransactWriteCommand({ TransactItems: [{ Put }, { ConditionCheck }] }));

    const error = await sent.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(TransactionCanceledException);
    const { CancellationReasons = [] } = error as TransactionCanceledException;
    expect(CancellationReasons.map(({ Code }) => Code)).toEqual(['None', 'ConditionalCheckFailed']);
    expect(await get('c', '2')).toBeUndefined();
  });
});

describe('every command', () => {
  it('a transaction writes, compares and deletes', async () => {
    await put(item('d', 'old', { revision: 1 }));
    const compared = {
      ConditionExpression: '#r = :r',
      ExpressionAttributeNames: { '#r': 'revision' },
      ExpressionAttributeValues: { ':r': 1 },
    };
    const Put = { TableName, Item: item('d', 'new', { tags: ['x'] }), ...isNew };
    const Delete = { TableName, Key: { pk: 'd', sk: 'old' }, ...compared };
    const request = new TransactWriteCommand({ ClientRequestToken: 'once', TransactItems: [{ Put }, { Delete }] });
    await client.send(request);
    // The same under the same token is done already.
    await client.send(request);

    const { Items } = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': 'd' },
      }),
    );
    expect(Items).toEqual([item('d', 'new', { tags: ['x'] })]);
  });

  it('a query goes on where it stopped', async () => {
    for (const sk of ['1', '2', '3']) await put(item('e', sk));
    const query = {
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': 'e' },
      Limit: 2,
    };
    const first = await client.send(new QueryCommand(query));
    const rest = await client.send(new QueryCommand({ ...query, ExclusiveStartKey: first.LastEvaluatedKey }));

    expect(first.LastEvaluatedKey).toEqual({ pk: 'e', sk: '2' });
    expect([...(first.Items ?? []), ...(rest.Items ?? [])].map(({ sk }) => sk)).toEqual(['1', '2', '3']);
  });

  it('batches write, delete and get', async () => {
    await put(item('f', 'old'));
    const requests = [
      { PutRequest: { Item: item('f', 'new', { n: 1 }) } },
      { DeleteRequest: { Key: item('f', 'old') } },
    ];
    const { UnprocessedItems = {} } = await client.send(
      new BatchWriteCommand({ RequestItems: { [TableName]: requests } }),
    );
    const Keys = [item('f', 'old'), item('f', 'new')];
    const { Responses } = await client.send(
      new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }),
    );

    expect(UnprocessedItems).toEqual({});
    expect(Responses?.[TableName]).toEqual([item('f', 'new', { n: 1 })]);
  });

  it('a deletion tells what was there', async () => {
    await put(item('g', '1', { n: 1 }));
    const removal = new DeleteCommand({ TableName, Key: item('g', '1'), ReturnValues: 'ALL_OLD' });

    expect((await client.send(removal)).Attributes).toEqual(item('g', '1', { n: 1 }));
    expect((await client.send(removal)).Attributes).toBeUndefined();
  });

  it('one that is not sent here goes through the SDK', async () => {
    for (const [name, value] of Object.entries(testEnvironment({ DYNAMODB: fixture.endpoint })))
      vi.stubEnv(name, value);
    await put(item('h', '1'));
    const sdk = dynamoDocuments(process.env);

    const { Items = [] } = await sdk.send(new ScanCommand({ TableName }));
    expect(Items).toContainEqual(item('h', '1'));
    vi.unstubAllEnvs();
  });
});
