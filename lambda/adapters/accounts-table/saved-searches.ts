import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SavedSearch } from '../../core/library/saved-searches/saved-search.ts';
import type { SavedSearchChange, SavedSearchStore } from '../../core/library/saved-searches/saved-search-store.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';
import type { TransactItem } from '../audit-table/transact-item.ts';
import { nextVersion, readPartition } from './partition-version.ts';

const PARTITION = 'saved-searches';

/** Saved searches in the accounts table, all in one partition: each is a line, and their names are read together. */
export function savedSearches(client: DynamoDBClient, table: string, commit: CommitWithEvent): SavedSearchStore {
  return {
    read: async () => {
      const { items, version } = await readPartition(client, table, PARTITION);
      const searches = items.flatMap(({ saved }) => (saved?.S ? [JSON.parse(saved.S) as SavedSearch] : []));
      return { version, searches: searches.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1)) };
    },
    commit: async (change, version, event) => {
      const items = [nextVersion(table, PARTITION, version), itemOf(table, change)];
      return (await commit(items, event)).kind === 'committed';
    },
  };
}

function itemOf(table: string, change: SavedSearchChange): TransactItem {
  if ('remove' in change) return { Delete: { TableName: table, Key: keyOf(change.remove) } };
  return { Put: { TableName: table, Item: { ...keyOf(change.put), saved: JSON.stringify(change.put) } } };
}

const keyOf = ({ id }: SavedSearch) => ({ pk: PARTITION, sk: `search#${id}` });
