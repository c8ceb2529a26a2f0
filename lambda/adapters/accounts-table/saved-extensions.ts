import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SavedExtension } from '../../core/library/saved-extensions/saved-extension.ts';
import type { SavedExtensionStore } from '../../core/library/saved-extensions/saved-extension-store.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';
import type { TransactItem } from '../audit-table/transact-item.ts';
import { nextVersion, readPartition } from './partition-version.ts';

const PARTITION = 'saved-extensions';

/** Saved extensions in the accounts table, all in one partition: there are few, and they are read together. */
export function savedExtensions(client: DynamoDBClient, table: string, commit: CommitWithEvent): SavedExtensionStore {
  return {
    read: async () => {
      const { items, version } = await readPartition(client, table, PARTITION);
      const extensions = items.flatMap(({ saved }) => (saved?.S ? [JSON.parse(saved.S) as SavedExtension] : []));
      return { version, extensions: extensions.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1)) };
    },
    commit: async (change, version, event) => {
      const items = [nextVersion(table, PARTITION, version), itemOf(table, change)];
      return (await commit(items, event)).kind === 'committed';
    },
  };
}

function itemOf(table: string, change: Parameters<SavedExtensionStore['commit']>[0]): TransactItem {
  if ('remove' in change) return { Delete: { TableName: table, Key: keyOf(change.remove) } };
  return { Put: { TableName: table, Item: { ...keyOf(change.put), saved: JSON.stringify(change.put) } } };
}

const keyOf = ({ id }: SavedExtension) => ({ pk: PARTITION, sk: `extension#${id}` });
