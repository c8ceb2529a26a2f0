import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { KeyChange, KeyStore } from '../../core/accounts/restricted-keys/key-store.ts';
import type { RestrictedKey, StoredKey } from '../../core/accounts/restricted-keys/restricted-key.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';
import type { TransactItem } from '../audit-table/transact-item.ts';
import { nextVersion, readPartition } from './partition-version.ts';

const PARTITION = 'restricted-keys';

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
      return Item?.settings?.S === undefined ? undefined : (JSON.parse(Item.settings.S) as RestrictedKey);
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

function toStored({ settings, digest }: Item): StoredKey[] {
  if (settings?.S === undefined || digest?.S === undefined) return [];
  return [{ key: JSON.parse(settings.S) as RestrictedKey, digest: digest.S }];
}

function itemsOf(table: string, { put, remove }: KeyChange): TransactItem[] {
  const puts = put.flatMap(({ key, digest }) => {
    const settings = JSON.stringify(key);
    return [
      { Put: { TableName: table, Item: { ...byId(key.id), settings, digest } } },
      { Put: { TableName: table, Item: { ...byDigest(digest), settings } } },
    ];
  });
  const removes = remove.flatMap(({ key, digest }) =>
    [byId(key.id), byDigest(digest)].map((Key) => ({ Delete: { TableName: table, Key } })),
  );
  return [...puts, ...removes];
}
