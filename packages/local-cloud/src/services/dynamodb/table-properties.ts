import type {
  AttributeDefinition,
  CreateTableCommandInput,
  GlobalSecondaryIndex,
  KeySchemaElement,
  LocalSecondaryIndex,
  Projection,
} from '@aws-sdk/client-dynamodb';

/** The parts of AWS::DynamoDB::GlobalTable and AWS::DynamoDB::Table that are run here, resolved. */
export interface TableProperties {
  readonly AttributeDefinitions: readonly AttributeDefinition[];
  readonly KeySchema: readonly KeySchemaElement[];
  readonly GlobalSecondaryIndexes?: readonly IndexProperties[];
  readonly LocalSecondaryIndexes?: readonly IndexProperties[];
  readonly TimeToLiveSpecification?: { readonly AttributeName?: string; readonly Enabled: boolean };
}

export interface IndexProperties {
  readonly IndexName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection: Projection;
}

/** Capacity has no meaning on one machine: every table is on demand. */
export function toCreateTable(tableName: string, properties: TableProperties): CreateTableCommandInput {
  const { GlobalSecondaryIndexes: global, LocalSecondaryIndexes: local } = properties;
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...properties.AttributeDefinitions],
    KeySchema: [...properties.KeySchema],
    ...(global && global.length > 0 && { GlobalSecondaryIndexes: global.map(toIndex) }),
    ...(local && local.length > 0 && { LocalSecondaryIndexes: local.map(toIndex) }),
  };
}

export function toIndex(index: IndexProperties): GlobalSecondaryIndex & LocalSecondaryIndex {
  return {
    IndexName: index.IndexName,
    KeySchema: [...index.KeySchema],
    Projection: index.Projection,
  };
}

/** The attribute that holds each item's end of life, when the table has one. */
export function expiryAttribute(properties: TableProperties): string | undefined {
  const ttl = properties.TimeToLiveSpecification;
  return ttl?.Enabled ? ttl.AttributeName : undefined;
}

/** One text for a key or an index, so that two of them can be compared. */
export function describeKey(keys: readonly KeySchemaElement[] | undefined, attributes: TableProperties): string {
  const typeOf = (name: string | undefined) =>
    attributes.AttributeDefinitions.find((definition) => definition.AttributeName === name)?.AttributeType;
  return (keys ?? []).map((key) => `${key.KeyType} ${key.AttributeName} (${typeOf(key.AttributeName)})`).join(', ');
}

export function describeProjection(projection: Projection | undefined): string {
  return [projection?.ProjectionType, ...(projection?.NonKeyAttributes ?? []).toSorted()].join(' ');
}
