import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { startDynamoDb, type TableProperties } from 'local-cloud/dynamodb';

/** A library table with the keys and the index that the product's table has, on a real DynamoDB-compatible server. */
export interface LibraryFixture {
  readonly endpoint: string;
  readonly table: string;
  readonly client: DynamoDBClient;
  /** All items, without what ElectroDB adds, sorted by key. */
  readonly items: () => Promise<Record<string, unknown>[]>;
  readonly close: () => Promise<void>;
}

export const TEST_CREDENTIALS = { accessKeyId: 'AKIATESTTESTTESTTEST', secretAccessKey: 'test-secret' } as const;
export const TEST_REGION = 'eu-west-1';

const TABLE = 'library';

const PROPERTIES: TableProperties = {
  AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map((name) => ({ AttributeName: name, AttributeType: 'S' })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'gsi1',
      KeySchema: [
        { AttributeName: 'gsi1pk', KeyType: 'HASH' },
        { AttributeName: 'gsi1sk', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
};

/** @param file of the server's data @default in memory */
export async function startLibraryFixture(file?: string): Promise<LibraryFixture> {
  const server = await startDynamoDb({ file, log: () => undefined });
  await server.ensureTable(TABLE, PROPERTIES);
  const client = new DynamoDBClient({
    endpoint: server.endpoint,
    region: TEST_REGION,
    credentials: TEST_CREDENTIALS,
  });
  return {
    endpoint: server.endpoint,
    table: TABLE,
    client,
    items: async () => {
      const { Items = [] } = await DynamoDBDocumentClient.from(client).send(new ScanCommand({ TableName: TABLE }));
      const items = Items.map(({ __edb_e__, __edb_v__, ...item }) => item);
      return items.sort((a, b) => (`${a.pk} ${a.sk}` < `${b.pk} ${b.sk}` ? -1 : 1));
    },
    close: async () => {
      client.destroy();
      await server.close();
    },
  };
}
