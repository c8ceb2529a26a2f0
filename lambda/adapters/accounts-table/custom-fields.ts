import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { CustomField } from '../../core/library/custom-fields/custom-field.ts';
import type { FieldStore } from '../../core/library/custom-fields/field-store.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';
import { nextVersion, readPartition } from './partition-version.ts';

const PARTITION = 'custom-fields';

/** Custom metadata fields in the accounts table, all in one partition: there are few, and they are read together. */
export function customFields(client: DynamoDBClient, table: string, commit: CommitWithEvent): FieldStore {
  return {
    read: async () => {
      const { items, version } = await readPartition(client, table, PARTITION);
      const fields = items.flatMap(({ settings }) => (settings?.S ? [JSON.parse(settings.S) as CustomField] : []));
      return { version, fields: fields.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1)) };
    },
    put: async (field, version, event) => {
      const Item = { pk: PARTITION, sk: `field#${field.id}`, settings: JSON.stringify(field) };
      const items = [nextVersion(table, PARTITION, version), { Put: { TableName: table, Item } }];
      return (await commit(items, event)).kind === 'committed';
    },
  };
}
