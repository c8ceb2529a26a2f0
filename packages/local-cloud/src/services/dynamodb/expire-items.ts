import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  paginateScan,
} from '@aws-sdk/client-dynamodb';

/** DynamoDB leaves items alone whose time is so long past that it looks like a mistake. */
const YEARS_5_SECONDS = 5 * 365 * 24 * 60 * 60;

/** A table whose items have an end of life. */
export interface ExpiringTable {
  readonly tableName: string;
  /** Attribute with seconds since 1970. */
  readonly attribute: string;
  /** Names of the table's key attributes. */
  readonly key: readonly string[];
}

/**
 * Deletes the items whose time is past, which the server itself does not do ("Using time to live (TTL) in DynamoDB").
 * An item whose time is moved meanwhile stays.
 */
export async function expireItems(client: DynamoDBClient, table: ExpiringTable, now: Date): Promise<void> {
  const seconds = Math.floor(now.getTime() / 1000);
  const names = Object.fromEntries([table.attribute, ...table.key].map((name, index) => [`#n${index}`, name]));
  const pages = paginateScan(
    { client },
    {
      TableName: table.tableName,
      FilterExpression: 'attribute_type(#n0, :number) AND #n0 BETWEEN :from AND :now',
      ProjectionExpression: Object.keys(names).slice(1).join(', '),
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: {
        ':number': { S: 'N' },
        ':from': { N: String(seconds - YEARS_5_SECONDS) },
        ':now': { N: String(seconds) },
      },
    },
  );
  for await (const page of pages) {
    for (const key of page.Items ?? []) await expireItem(client, table, key, seconds);
  }
}

async function expireItem(
  client: DynamoDBClient,
  table: ExpiringTable,
  key: Record<string, AttributeValue>,
  seconds: number,
): Promise<void> {
  try {
    await client.send(
      new DeleteItemCommand({
        TableName: table.tableName,
        Key: key,
        ConditionExpression: '#ttl <= :now',
        ExpressionAttributeNames: { '#ttl': table.attribute },
        ExpressionAttributeValues: { ':now': { N: String(seconds) } },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
