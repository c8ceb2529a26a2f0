export { type DynamoDb, type DynamoDbOptions, startDynamoDb } from '../services/dynamodb/dynamodb.ts';
export type { TableProperties } from '../services/dynamodb/table-properties.ts';
export type { TableStream } from '../services/dynamodb/table-stream.ts';
export { startStreamMapping } from '../services/event-source-mapping/stream-mapping.ts';
