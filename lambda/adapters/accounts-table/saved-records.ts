import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AuditEvent } from '../../core/audit/event.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';
import type { TransactItem } from '../audit-table/transact-item.ts';
import { nextVersion, readPartition } from './partition-version.ts';

interface SavedRecord {
  readonly id: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

type Change<Of> = { readonly put: Of } | { readonly remove: Of };

/** Records of one kind in the accounts table, all in one partition: there are few, and they are read together. */
export interface SavedRecords<Of> {
  /** All of them, oldest first, and the version that a change of them grows. */
  readonly read: () => Promise<{ readonly version: number; readonly records: readonly Of[] }>;
  /** False when they were changed after this version; nothing is changed and told then. */
  readonly commit: (change: Change<Of>, version: number, event: AuditEvent) => Promise<boolean>;
}

/** @param kind begins their sort keys */
export function savedRecords<Of extends SavedRecord>(
  client: DynamoDBClient,
  table: string,
  commit: CommitWithEvent,
  { partition, kind }: { readonly partition: string; readonly kind: string },
): SavedRecords<Of> {
  const keyOf = ({ id }: SavedRecord) => ({ pk: partition, sk: `${kind}#${id}` });
  const itemOf = (change: Change<Of>): TransactItem =>
    'remove' in change
      ? { Delete: { TableName: table, Key: keyOf(change.remove) } }
      : { Put: { TableName: table, Item: { ...keyOf(change.put), saved: JSON.stringify(change.put) } } };
  return {
    read: async () => {
      const { items, version } = await readPartition(client, table, partition);
      const records = items.flatMap(({ saved }) => (saved?.S ? [JSON.parse(saved.S) as Of] : []));
      return { version, records: records.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1)) };
    },
    commit: async (change, version, event) =>
      (await commit([nextVersion(table, partition, version), itemOf(change)], event)).kind === 'committed',
  };
}
