import type { AttributeValue, DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { paginateQuery, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';

const SORT_KEY = 'version';

/** All items of a partition that is read whole, with the version that every change of them grows. */
export async function readPartition(client: DynamoDBClient, table: string, partition: string) {
  const items: Record<string, AttributeValue>[] = [];
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :partition',
      ExpressionAttributeValues: { ':partition': { S: partition } },
    },
  );
  for await (const { Items = [] } of pages) items.push(...Items);
  return { items, version: Number(items.find(({ sk }) => sk?.S === SORT_KEY)?.version?.N ?? 0) };
}

/**
 * Writes a change of a partition and its next version, all or nothing.
 * @returns false when the partition was changed after the version
 */
export async function writePartition(
  client: DynamoDBClient,
  table: string,
  partition: string,
  version: number,
  items: readonly TransactWriteItem[],
): Promise<boolean> {
  try {
    const TransactItems = [nextVersion(table, partition, version), ...items];
    await client.send(new TransactWriteItemsCommand({ TransactItems }));
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'TransactionCanceledException') return false;
    throw error;
  }
}

function nextVersion(table: string, partition: string, version: number): TransactWriteItem {
  const Item = { pk: { S: partition }, sk: { S: SORT_KEY }, version: { N: String(version + 1) } };
  if (version === 0) return { Put: { TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
  return {
    Put: {
      TableName: table,
      Item,
      ConditionExpression: '#version = :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':version': { N: String(version) } },
    },
  };
}
