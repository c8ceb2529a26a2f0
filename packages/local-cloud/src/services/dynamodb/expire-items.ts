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
 * For every millisecond that reading a page takes, so many are left to others. A look reads the whole table, because the
 * server has no index of ends: without pauses a large library would be read most of the time.
 */
const PAUSE_FACTOR = 20;

/** Waits so many milliseconds. Rejects when nobody waits for the items any more. */
export type PauseLooking = (milliseconds: number) => Promise<void>;

/**
 * Deletes the items whose time is past, which the server itself does not do ("Using time to live (TTL) in DynamoDB").
 * An item whose time is moved meanwhile stays.
 */
export async function expireItems(
  client: DynamoDBClient,
  table: ExpiringTable,
  now: Date,
  pause: PauseLooking,
): Promise<void> {
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
  let startedAt = performance.now();
  for await (const page of pages) {
    for (const key of page.Items ?? []) await expireItem(client, table, key, seconds);
    if (page.LastEvaluatedKey) await pause(PAUSE_FACTOR * (performance.now() - startedAt));
    startedAt = performance.now();
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
