import { randomBytes } from 'node:crypto';
import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetItemCommand, PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { LIMITS } from '../../contract/limits.ts';
import type { Share, ShareAccess } from '../../core/library/shares/share.ts';
import type { ShareChange, ShareStore, ShareWindow } from '../../core/library/shares/share-store.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';
import type { TransactItem } from '../audit-table/transact-item.ts';
import { nextVersion, readPartition } from './partition-version.ts';

const PARTITION = 'shares';
const DAY_SECONDS = 86_400;

/** Share links in the accounts table, all in one partition; looks at each in a partition of its own. The table removes what has ended long ago. */
export function shareStore(client: DynamoDBClient, table: string, commit: CommitWithEvent): ShareStore {
  return {
    read: async () => {
      const { items, version } = await readPartition(client, table, PARTITION);
      return { version, shares: items.flatMap(toShares).toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1)) };
    },
    find: async (id) => {
      const { pk, sk } = keyOf(id);
      const Key = { pk: { S: pk }, sk: { S: sk } };
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
      return Item && toShares(Item)[0];
    },
    commit: async (change, version, event) => {
      const items = [nextVersion(table, PARTITION, version), itemOf(table, change)];
      return (await commit(items, event)).kind === 'committed';
    },
    recordAccess: async (id, access) => {
      const expiresAt = Math.floor(Date.parse(access.at) / 1000) + LIMITS.shareAccessDays * DAY_SECONDS;
      // Two looks of one millisecond are two.
      const sk = `${access.at}#${randomBytes(6).toString('hex')}`;
      const Item = { pk: { S: accessesOf(id) }, sk: { S: sk }, access: { S: JSON.stringify(access) } };
      await client.send(
        new PutItemCommand({ TableName: table, Item: { ...Item, expiresAt: { N: String(expiresAt) } } }),
      );
    },
    accesses: async (id, limit) => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: accessesOf(id) } },
          ScanIndexForward: false,
          Limit: limit,
        }),
      );
      return Items.flatMap(({ access }) => (access?.S ? [JSON.parse(access.S) as ShareAccess] : []));
    },
    countTry: (id, window) => addTries(client, table, { id, window, tries: 1 }),
    forgetTry: async (id, window) => void (await addTries(client, table, { id, window, tries: -1 })),
  };
}

/** @returns how many there are then */
async function addTries(
  client: DynamoDBClient,
  table: string,
  { id, window, tries }: { readonly id: string; readonly window: ShareWindow; readonly tries: number },
): Promise<number> {
  const { Attributes } = await client.send(
    new UpdateItemCommand({
      TableName: table,
      Key: { pk: { S: `share-tries#${id}` }, sk: { S: String(window.number) } },
      UpdateExpression: 'ADD tries :tries SET expiresAt = :end',
      ExpressionAttributeValues: { ':tries': { N: String(tries) }, ':end': { N: String(window.endsAt) } },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  return Number(Attributes?.tries?.N);
}

const toShares = ({ share }: Record<string, AttributeValue>): Share[] =>
  share?.S ? [JSON.parse(share.S) as Share] : [];

function itemOf(table: string, change: ShareChange): TransactItem {
  if ('remove' in change) return { Delete: { TableName: table, Key: keyOf(change.remove.id) } };
  const { id, expiresAt: ends } = change.put;
  const expiresAt = Math.floor(Date.parse(ends) / 1000) + LIMITS.shareAccessDays * DAY_SECONDS;
  return { Put: { TableName: table, Item: { ...keyOf(id), share: JSON.stringify(change.put), expiresAt } } };
}

const keyOf = (id: string) => ({ pk: PARTITION, sk: `share#${id}` });

const accessesOf = (id: string): string => `share-accesses#${id}`;
