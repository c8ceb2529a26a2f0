import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteItemCommand, PutItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import { STALE_FOLDERS_PARTITION } from '../../contract/edge.ts';
import type { StaleFolder, StaleFolders } from '../../core/library/jobs/stale-folder.ts';

/** Stale folders of all regions, whose edge is one: a partition that a function may write without the rest of the table. */
export function staleFolderStore(
  client: DynamoDBClient,
  TableName: string,
): StaleFolders & { list(): Promise<StaleFolder[]> } {
  return {
    mark: async ({ jobId, path, since }) => {
      const Item = { ...keyOf(jobId), path: { S: path }, since: { S: since } };
      await client.send(new PutItemCommand({ TableName, Item }));
    },
    settle: async (jobId) => {
      await client.send(new DeleteItemCommand({ TableName, Key: keyOf(jobId) }));
    },
    list: async () => {
      const folders: StaleFolder[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :partition',
          ExpressionAttributeValues: { ':partition': { S: STALE_FOLDERS_PARTITION } },
        },
      );
      for await (const { Items = [] } of pages) {
        folders.push(
          ...Items.map(({ sk, path, since }) => ({ jobId: sk?.S ?? '', path: path?.S ?? '', since: since?.S ?? '' })),
        );
      }
      return folders;
    },
  };
}

const keyOf = (jobId: string) => ({ pk: { S: STALE_FOLDERS_PARTITION }, sk: { S: jobId } });
