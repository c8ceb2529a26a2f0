import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { BatchWriteCommandInput, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { BatchWriteCommand, DeleteCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { RecordKeys, RecordKind, Records } from '../../core/library/store/change.ts';
import type { Page, PageRequest } from '../../core/library/store/library-store.ts';
import { gatheredReads, readBatch } from './gathered-reads.ts';
import type { RecordItem } from './record-items.ts';
import { keyOf, toRecord } from './record-items.ts';
import type { ItemKey } from './record-keys.lean.ts';
import { conditionOf } from './transaction-items.ts';

/** DynamoDB's bound for one batch (AWS, "BatchWriteItem"). */
const WRITE_BATCH = 25;

export type TableRequests = ReturnType<typeof tableRequests>;

/** The few requests that the library makes beside its transactions. */
export function tableRequests(client: DynamoDBDocumentClient, table: string) {
  const get = gatheredReads(client, table);
  const query = async (pk: string, condition?: string, values: RecordItem = {}): Promise<RecordItem[]> => {
    const found: RecordItem[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: ['pk = :pk', ...(condition ? [condition] : [])].join(' AND '),
          ExpressionAttributeValues: { ':pk': pk, ...values },
          ConsistentRead: true,
          ExclusiveStartKey: from,
        }),
      );
      found.push(...Items);
      from = LastEvaluatedKey;
    } while (from);
    return found;
  };
  return {
    get,
    query,
    put: async (item: RecordItem): Promise<void> =>
      void (await client.send(new PutCommand({ TableName: table, Item: item }))),
    /** @returns false when there is one */
    add: (item: RecordItem): Promise<boolean> =>
      isDone(
        client.send(new PutCommand({ TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(pk)' })),
      ),
    /** @returns false when the item there is missing or has other members */
    replace: (item: RecordItem, was: RecordItem): Promise<boolean> =>
      isDone(client.send(new PutCommand({ TableName: table, Item: item, ...conditionOf(was) }))),
    /** @returns false when there is an item that is not staged */
    stage: (item: RecordItem): Promise<boolean> =>
      isDone(client.send(new PutCommand({ TableName: table, Item: item, ...UNLESS_SHOWN }))),
    /** @returns false when the item there is missing or has other members */
    removeIf: (key: ItemKey, was: RecordItem): Promise<boolean> =>
      isDone(client.send(new DeleteCommand({ TableName: table, Key: key, ...conditionOf(was) }))),
    putAll: (items: readonly RecordItem[]) =>
      writeBatch(
        client,
        table,
        items.map((item) => ({ PutRequest: { Item: { ...item } } })),
      ),
    removeAll: (keys: readonly ItemKey[]) =>
      writeBatch(
        client,
        table,
        keys.map((key) => ({ DeleteRequest: { Key: { ...key } } })),
      ),
    remove: async (key: ItemKey): Promise<boolean> => {
      const { Attributes } = await client.send(
        new DeleteCommand({ TableName: table, Key: key, ReturnValues: 'ALL_OLD' }),
      );
      return Attributes !== undefined;
    },
    record: async <K extends RecordKind>(kind: K, key: RecordKeys[K]): Promise<Records[K] | undefined> => {
      const item = await get(keyOf(kind, key));
      return item && toRecord(kind, item);
    },
    records: async <K extends RecordKind>(kind: K, keys: readonly RecordKeys[K][]): Promise<Records[K][]> => {
      const items = await readBatch(
        client,
        table,
        keys.map((key) => keyOf(kind, key)),
      );
      return items.map((item) => toRecord(kind, item));
    },
    partition: async <K extends RecordKind>(kind: K, pk: string): Promise<Records[K][]> =>
      (await query(pk)).map((item) => toRecord(kind, item)),
    page: <K extends 'fileEntry' | 'folderEntry'>(kind: K, pk: string, prefix: string, page: PageRequest) =>
      queryPage(client, table, kind, pk, prefix, page),
    /** Those records that have a member, among what one request looks at. */
    having: <K extends 'fileEntry'>(kind: K, pk: string, prefix: string, member: string, from: string | undefined) =>
      queryHaving(client, table, kind, { pk, prefix, member, from }),
  };
}

const UNLESS_SHOWN = {
  ConditionExpression: 'attribute_not_exists(pk) OR isStaged = :staged',
  ExpressionAttributeValues: { ':staged': true },
};

/** @returns false when the condition did not hold */
async function isDone(request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** Names in order, from one on: whatever is added or removed meanwhile, no name comes twice and none that stays is missed. */
async function queryPage<K extends 'fileEntry' | 'folderEntry'>(
  client: DynamoDBDocumentClient,
  table: string,
  kind: K,
  pk: string,
  prefix: string,
  { limit, from, descending = false }: PageRequest,
): Promise<Page<Records[K]>> {
  const records: Records[K][] = [];
  let start = from === undefined ? undefined : { pk, sk: `${prefix}${from}` };
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
        ConsistentRead: true,
        Limit: limit - records.length,
        ScanIndexForward: !descending,
        ExclusiveStartKey: start,
      }),
    );
    records.push(...Items.map((item) => toRecord(kind, item)));
    start = LastEvaluatedKey as ItemKey | undefined;
  } while (start && records.length < limit);
  return { records, ...(start && { next: start.sk.slice(prefix.length) }) };
}

interface HavingQuery {
  readonly pk: string;
  readonly prefix: string;
  readonly member: string;
  readonly from: string | undefined;
}

/** DynamoDB looks at 1 MB and sends what is left by the filter. */
async function queryHaving<K extends 'fileEntry'>(
  client: DynamoDBDocumentClient,
  table: string,
  kind: K,
  { pk, prefix, member, from }: HavingQuery,
): Promise<Page<Records[K]>> {
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      FilterExpression: 'attribute_exists(#member)',
      ExpressionAttributeNames: { '#member': member },
      ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
      ConsistentRead: true,
      ExclusiveStartKey: from === undefined ? undefined : { pk, sk: `${prefix}${from}` },
    }),
  );
  const next = (LastEvaluatedKey as ItemKey | undefined)?.sk.slice(prefix.length);
  return { records: Items.map((item) => toRecord(kind, item)), ...(next !== undefined && { next }) };
}

type WriteRequest = NonNullable<NonNullable<BatchWriteCommandInput['RequestItems']>[string]>[number];

async function writeBatch(client: DynamoDBDocumentClient, table: string, requests: readonly WriteRequest[]) {
  for (let index = 0; index < requests.length; index += WRITE_BATCH) {
    let left = requests.slice(index, index + WRITE_BATCH);
    while (left.length > 0) {
      const { UnprocessedItems } = await client.send(new BatchWriteCommand({ RequestItems: { [table]: left } }));
      left = UnprocessedItems?.[table] ?? [];
    }
  }
}
