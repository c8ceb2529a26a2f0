import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ConditionalCheckFailedException, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { KeyChange, KeyStore } from '../../core/accounts/restricted-keys/key-store.ts';
import type { RestrictedKey, StoredKey } from '../../core/accounts/restricted-keys/restricted-key.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';
import type { TransactItem } from '../audit-table/transact-item.ts';
import { nextVersion, readPartition } from './partition-version.ts';

const PARTITION = 'restricted-keys';

const LAST_USE = 'lastUsedOn';

/**
 * Restricted keys in the accounts table: one item by which all are listed, one by which a call finds its key with a single
 * consistent read, and one version for all of them.
 */
export function restrictedKeys(client: DynamoDBClient, table: string, commit: CommitWithEvent): KeyStore {
  return {
    read: async () => {
      const { items, version } = await readPartition(client, table, PARTITION);
      return { version, keys: items.flatMap(toStored) };
    },
    findByDigest: async (digest) => {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: table,
          Key: { pk: { S: digestPartition(digest) }, sk: { S: DIGEST_SORT } },
          ConsistentRead: true,
        }),
      );
      return Item && toKey(Item);
    },
    noteUse: async (id, digest, day) => {
      const keys = [byId(id), byDigest(digest)];
      await Promise.all(keys.map(({ pk, sk }) => noteDay(client, table, { pk: { S: pk }, sk: { S: sk } }, day)));
    },
    commit: async (change, version, event) => {
      const items = [nextVersion(table, PARTITION, version), ...itemsOf(table, change)];
      return (await commit(items, event)).kind === 'committed';
    },
  };
}

type Item = Record<string, AttributeValue>;

const byId = (id: string) => ({ pk: PARTITION, sk: `key#${id}` });
const digestPartition = (digest: string): string => `restricted-key#${digest}`;
const DIGEST_SORT = 'key';
const byDigest = (digest: string) => ({ pk: digestPartition(digest), sk: DIGEST_SORT });

function toStored(item: Item): StoredKey[] {
  const key = toKey(item);
  return key && item.digest?.S !== undefined ? [{ key, digest: item.digest.S }] : [];
}

/** The day of the last use is an attribute of its own, so that it is noted without the rest being read. */
function toKey({ settings, [LAST_USE]: day }: Item): RestrictedKey | undefined {
  if (settings?.S === undefined) return undefined;
  const key = JSON.parse(settings.S) as RestrictedKey;
  return day?.S === undefined ? key : { ...key, lastUsedOn: day.S };
}

async function noteDay(client: DynamoDBClient, table: string, key: Item, day: string): Promise<void> {
  try {
    await client.send(
      new UpdateItemCommand({
        ...{ TableName: table, Key: key, ConditionExpression: 'attribute_exists(pk)' },
        UpdateExpression: 'SET #day = :day',
        ExpressionAttributeNames: { '#day': LAST_USE },
        ExpressionAttributeValues: { ':day': { S: day } },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

function itemsOf(table: string, { put, remove }: KeyChange): TransactItem[] {
  const puts = put.flatMap(({ key, digest }) => {
    const { lastUsedOn, ...kept } = key;
    const settings = JSON.stringify(kept);
    const used = lastUsedOn === undefined ? {} : { [LAST_USE]: lastUsedOn };
    return [
      { Put: { TableName: table, Item: { ...byId(key.id), settings, digest, ...used } } },
      { Put: { TableName: table, Item: { ...byDigest(digest), settings, ...used } } },
    ];
  });
  const removes = remove.flatMap(({ key, digest }) =>
    [byId(key.id), byDigest(digest)].map((Key) => ({ Delete: { TableName: table, Key } })),
  );
  return [...puts, ...removes];
}
