import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SavedSearch } from '../../core/library/saved-searches/saved-search.ts';
import type { SavedSearchStore } from '../../core/library/saved-searches/saved-search-store.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';
import { savedRecords } from './saved-records.ts';

const PLACE = { partition: 'saved-searches', kind: 'search' };

/** Saved searches in the accounts table. */
export function savedSearches(client: DynamoDBClient, table: string, commit: CommitWithEvent): SavedSearchStore {
  const stored = savedRecords<SavedSearch>(client, table, commit, PLACE);
  return {
    read: async () => {
      const { version, records } = await stored.read();
      return { version, searches: records };
    },
    commit: stored.commit,
  };
}
