import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { paginateQuery } from '@aws-sdk/client-dynamodb';
import type { TransactItem } from '../audit-table/transact-item.ts';

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

/** The next version of a partition, which may only be written when it is still at this one: the first item of a change. */
export function nextVersion(table: string, partition: string, version: number): TransactItem {
  const Item = { pk: partition, sk: SORT_KEY, version: version + 1 };
  if (version === 0) return { Put: { TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
  return {
    Put: {
      TableName: table,
      Item,
      ConditionExpression: '#version = :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':version': version },
    },
  };
}
