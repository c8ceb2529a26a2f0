export { type DynamoDb, type DynamoDbOptions, startDynamoDb } from '../services/dynamodb/dynamodb.ts';
export type { TableProperties } from '../services/dynamodb/table-properties.ts';
