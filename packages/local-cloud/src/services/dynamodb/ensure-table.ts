import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTableCommand,
  type UpdateTableCommandInput,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  describeKey,
  describeProjection,
  expiryAttribute,
  type IndexProperties,
  type TableProperties,
  toCreateTable,
  toIndex,
} from './table-properties.ts';

/**
 * Creates a table, or brings the one of an earlier run to what the template says now: indexes are added, replaced or
 * removed, as CloudFormation would.
 * @throws when the template gives the table another key; CloudFormation would replace it and lose its items
 */
export async function ensureTable(
  client: DynamoDBClient,
  tableName: string,
  properties: TableProperties,
): Promise<void> {
  const present = await describe(client, tableName);
  if (present) {
    requireSameKey(tableName, present, properties);
    await alignIndexes(client, tableName, present, properties);
  } else {
    await client.send(new CreateTableCommand(toCreateTable(tableName, properties)));
  }
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 0.01, maxDelay: 0.2 }, { TableName: tableName });
  await enableExpiry(client, tableName, properties);
}

async function describe(client: DynamoDBClient, tableName: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: tableName }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

function requireSameKey(tableName: string, present: TableDescription, properties: TableProperties): void {
  const kept = { ...properties, AttributeDefinitions: present.AttributeDefinitions ?? [] };
  const [before, after] = [describeKey(present.KeySchema, kept), describeKey(properties.KeySchema, properties)];
  if (before === after) return;
  throw new Error(
    `The table ${tableName} on this machine has the key ${before}, and the template says ${after}. ` +
      'Remove the state folder to begin with empty tables.',
  );
}

async function alignIndexes(
  client: DynamoDBClient,
  tableName: string,
  present: TableDescription,
  properties: TableProperties,
): Promise<void> {
  const wanted = new Map((properties.GlobalSecondaryIndexes ?? []).map((index) => [index.IndexName, index]));
  const kept = { ...properties, AttributeDefinitions: present.AttributeDefinitions ?? [] };
  const same = new Set<string>();
  for (const index of present.GlobalSecondaryIndexes ?? []) {
    const name = index.IndexName ?? '';
    const now = wanted.get(name);
    if (now && describeIndex(now, properties) === describeIndex(index as IndexProperties, kept)) same.add(name);
    else await update(client, tableName, properties, { Delete: { IndexName: name } });
  }
  for (const index of wanted.values()) {
    if (!same.has(index.IndexName)) await update(client, tableName, properties, { Create: toIndex(index) });
  }
}

function describeIndex(index: IndexProperties, properties: TableProperties): string {
  return `${describeKey(index.KeySchema, properties)} ${describeProjection(index.Projection)}`;
}

async function update(
  client: DynamoDBClient,
  tableName: string,
  { AttributeDefinitions }: TableProperties,
  change: NonNullable<UpdateTableCommandInput['GlobalSecondaryIndexUpdates']>[number],
): Promise<void> {
  await client.send(
    new UpdateTableCommand({
      TableName: tableName,
      AttributeDefinitions: [...AttributeDefinitions],
      GlobalSecondaryIndexUpdates: [change],
    }),
  );
}

async function enableExpiry(client: DynamoDBClient, tableName: string, properties: TableProperties): Promise<void> {
  const attribute = expiryAttribute(properties);
  if (attribute === undefined) return;
  const TimeToLiveSpecification = { AttributeName: attribute, Enabled: true };
  try {
    await client.send(new UpdateTimeToLiveCommand({ TableName: tableName, TimeToLiveSpecification }));
  } catch (error) {
    // Enabled by an earlier run: DynamoDB refuses to say it twice.
    if ((error as Error).name !== 'ValidationException') throw error;
  }
}
