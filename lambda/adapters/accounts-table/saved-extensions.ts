import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SavedExtension } from '../../core/library/saved-extensions/saved-extension.ts';
import type { SavedExtensionStore } from '../../core/library/saved-extensions/saved-extension-store.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';
import { savedRecords } from './saved-records.ts';

const PLACE = { partition: 'saved-extensions', kind: 'extension' };

/** Saved extensions in the accounts table. */
export function savedExtensions(client: DynamoDBClient, table: string, commit: CommitWithEvent): SavedExtensionStore {
  const stored = savedRecords<SavedExtension>(client, table, commit, PLACE);
  return {
    read: async () => {
      const { version, records } = await stored.read();
      return { version, extensions: records };
    },
    commit: stored.commit,
  };
}
