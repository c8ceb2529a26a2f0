import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { SEALED_ATTRIBUTE } from '../../contract/backup.ts';
import type { BackupRecord } from '../../core/backup/backup-line.ts';
import type { SettingsItems } from '../../core/backup/settings-files.ts';

/** Partitions of the accounts table, item by item as they are, without what is sealed. */
export function settingsItems(client: DynamoDBDocumentClient, TableName: string): SettingsItems {
  return {
    read: async (partition) => {
      const found: BackupRecord[] = [];
      const query = {
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :partition',
        ExpressionAttributeValues: { ':partition': partition },
      };
      for await (const { Items = [] } of paginateQuery({ client }, query)) {
        found.push(...Items.map(({ [SEALED_ATTRIBUTE]: _, ...item }) => item));
      }
      return found;
    },
    add: async (item) => {
      try {
        const ConditionExpression = 'attribute_not_exists(pk)';
        await client.send(new PutCommand({ TableName, Item: item, ConditionExpression }));
        return true;
      } catch (error) {
        if ((error as Error).name === 'ConditionalCheckFailedException') return false;
        throw error;
      }
    },
  };
}
