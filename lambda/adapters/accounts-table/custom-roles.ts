import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { CustomRole, CustomRoleStore } from '../../core/accounts/people/custom-role.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';
import { nextVersion, readPartition } from './partition-version.ts';

const PARTITION = 'custom-roles';

const keyOf = (id: string) => ({ pk: PARTITION, sk: `role#${id}` });

/** Custom roles in the accounts table, all in one partition: there are few, and they are listed together. */
export function customRoles(client: DynamoDBClient, table: string, commit: CommitWithEvent): CustomRoleStore {
  return {
    read: async () => {
      const { items, version } = await readPartition(client, table, PARTITION);
      const roles = items.flatMap((item) => toRole(item) ?? []);
      return { version, roles: roles.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1)) };
    },
    find: async (id) => {
      const { pk, sk } = keyOf(id);
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: { pk: { S: pk }, sk: { S: sk } }, ConsistentRead: true }),
      );
      return Item && toRole(Item);
    },
    commit: async ({ before, after }, version, event) => {
      const item = after
        ? { Put: { TableName: table, Item: { ...keyOf(after.id), settings: JSON.stringify(after) } } }
        : { Delete: { TableName: table, Key: keyOf(before?.id ?? '') } };
      return (await commit([nextVersion(table, PARTITION, version), item], event)).kind === 'committed';
    },
  };
}

const toRole = ({ settings }: Record<string, AttributeValue>): CustomRole | undefined =>
  settings?.S === undefined ? undefined : (JSON.parse(settings.S) as CustomRole);
