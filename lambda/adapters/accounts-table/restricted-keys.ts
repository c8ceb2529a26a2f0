import type { AttributeValue, DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { KeyChange, KeyStore } from '../../core/accounts/restricted-keys/key-store.ts';
import type { RestrictedKey, StoredKey } from '../../core/accounts/restricted-keys/restricted-key.ts';
import type { RecordEvent } from '../../core/audit/event-maker.ts';
import { readPartition, writePartition } from './partition-version.ts';

const PARTITION = 'restricted-keys';

/**
 * Restricted keys in the accounts table: one item by which all are listed, one by which a call finds its key with a single
 * consistent read, and one version for all of them.
 */
export function restrictedKeys(client: DynamoDBClient, table: string, record: RecordEvent): KeyStore {
  return {
    read: async () => {
      const { items, version } = await readPartition(client, table, PARTITION);
      return { version, keys: items.flatMap(toStored) };
    },
    findByDigest: async (digest) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: byDigest(digest), ConsistentRead: true }),
      );
      return Item?.settings?.S === undefined ? undefined : (JSON.parse(Item.settings.S) as RestrictedKey);
    },
    commit: async (change, version, event) => {
      const isMade = await writePartition(client, table, PARTITION, version, itemsOf(table, change));
      if (isMade) record(event);
      return isMade;
    },
  };
}

type Item = Record<string, AttributeValue>;

const byId = (id: string) => ({ pk: { S: PARTITION }, sk: { S: `key#${id}` } });
const byDigest = (digest: string) => ({ pk: { S: `restricted-key#${digest}` }, sk: { S: 'key' } });

function toStored({ settings, digest }: Item): StoredKey[] {
  if (settings?.S === undefined || digest?.S === undefined) return [];
  return [{ key: JSON.parse(settings.S) as RestrictedKey, digest: digest.S }];
}

function itemsOf(table: string, { put, remove }: KeyChange): TransactWriteItem[] {
  const puts = put.flatMap(({ key, digest }) => {
    const settings = { S: JSON.stringify(key) };
    return [
      { Put: { TableName: table, Item: { ...byId(key.id), settings, digest: { S: digest } } } },
      { Put: { TableName: table, Item: { ...byDigest(digest), settings } } },
    ];
  });
  const removes = remove.flatMap(({ key, digest }) =>
    [byId(key.id), byDigest(digest)].map((Key) => ({ Delete: { TableName: table, Key } })),
  );
  return [...puts, ...removes];
}
