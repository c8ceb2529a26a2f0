import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import type { LiveName } from '../../core/backup/live-names.ts';
import type { ScannedRecord } from '../../core/backup/snapshot.ts';
import { backedUpItem, nameOfItem, toBackupRecord } from './backed-up-item.ts';

/** @param note is told of each name in a folder on the way: one reading is enough for both */
export type LibraryScan = (note: (name: LiveName) => void) => AsyncIterable<ScannedRecord>;

/** Every record of the library table that is backed up. Changes that are made meanwhile may be among them or not. */
export function libraryScan(client: DynamoDBDocumentClient, TableName: string): LibraryScan {
  return async function* (note) {
    for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true })) {
      for (const item of Items) {
        const name = nameOfItem(item);
        if (name) note(name);
        const found = backedUpItem(item);
        if (found) yield { ...found, data: toBackupRecord(found.kind, item) };
      }
    }
  };
}
