import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { startDynamoDb, type TableProperties, type TableStream } from 'local-cloud/dynamodb';
import { auditChains } from '../../lambda/adapters/audit-table/audit-chains.ts';
import type { CommitWithEvent } from '../../lambda/adapters/audit-table/commit-with-event.ts';
import { commitWithEvent } from '../../lambda/adapters/audit-table/commit-with-event.ts';
import type { AuditEvent } from '../../lambda/core/audit/event.ts';

/** A library and an audit table with the keys and indexes that the product's have, on a real DynamoDB-compatible server. */
export interface LibraryFixture {
  readonly endpoint: string;
  readonly table: string;
  readonly auditTable: string;
  readonly client: DynamoDBClient;
  /** Writes into any table of the server, with an event in the audit table. */
  readonly commit: CommitWithEvent;
  /** All items, without what ElectroDB adds, sorted by key. */
  readonly items: () => Promise<Record<string, unknown>[]>;
  /** Of the audit table. */
  readonly events: () => Promise<AuditEvent[]>;
  /** Of a table, the library's unless another is named. The server's data has to be in a file. */
  readonly openStream: (table?: string) => Promise<TableStream>;
  readonly close: () => Promise<void>;
}

export const TEST_CREDENTIALS = { accessKeyId: 'AKIATESTTESTTESTTEST', secretAccessKey: 'test-secret' } as const;
export const TEST_REGION = 'eu-west-1';

/** The environment in which the product's own adapters find servers, by the names of the SDK's settings. */
export const testEnvironment = (endpoints: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  AWS_REGION: TEST_REGION,
  AWS_ACCESS_KEY_ID: TEST_CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: TEST_CREDENTIALS.secretAccessKey,
  ...Object.fromEntries(Object.entries(endpoints).map(([service, url]) => [`AWS_ENDPOINT_URL_${service}`, url])),
});

const TABLE = 'library';
const AUDIT_TABLE = 'audit';

const key = (name: string, type: 'HASH' | 'RANGE') => ({ AttributeName: name, KeyType: type });
const DOCUMENTS = {
  IndexName: 'docs',
  KeySchema: [key('docspk', 'HASH'), key('docssk', 'RANGE')],
  Projection: { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: ['d'] },
};
const attributes = (...names: string[]) => names.map((name) => ({ AttributeName: name, AttributeType: 'S' as const }));

const LIBRARY: TableProperties = {
  AttributeDefinitions: attributes('pk', 'sk', 'docspk', 'docssk'),
  KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
  GlobalSecondaryIndexes: [DOCUMENTS],
  TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
};
const AUDIT: TableProperties = {
  AttributeDefinitions: attributes('pk', 'sk'),
  KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
};

/** @param file of the server's data @default in memory */
export async function startLibraryFixture(file?: string): Promise<LibraryFixture> {
  const server = await startDynamoDb({ file, log: () => undefined });
  await server.ensureTable(TABLE, LIBRARY);
  await server.ensureTable(AUDIT_TABLE, AUDIT);
  const client = new DynamoDBClient({
    endpoint: server.endpoint,
    region: TEST_REGION,
    credentials: TEST_CREDENTIALS,
  });
  return {
    endpoint: server.endpoint,
    table: TABLE,
    auditTable: AUDIT_TABLE,
    client,
    commit: commitOn(client),
    openStream: (table = TABLE) => server.openStream(table),
    items: async () => {
      const { Items = [] } = await DynamoDBDocumentClient.from(client).send(new ScanCommand({ TableName: TABLE }));
      const items = Items.map(({ __edb_e__, __edb_v__, ...item }) => item);
      return items.sort((a, b) => (`${a.pk} ${a.sk}` < `${b.pk} ${b.sk}` ? -1 : 1));
    },
    events: async () => {
      const { Items = [] } = await DynamoDBDocumentClient.from(client).send(
        new ScanCommand({ TableName: AUDIT_TABLE }),
      );
      return Items.map(({ body }) => JSON.parse(String(body)) as AuditEvent);
    },
    close: async () => {
      client.destroy();
      await server.close();
    },
  };
}

function commitOn(dynamo: DynamoDBClient): CommitWithEvent {
  const client = DynamoDBDocumentClient.from(dynamo);
  return commitWithEvent({
    client,
    auditTable: AUDIT_TABLE,
    chains: auditChains(client, AUDIT_TABLE, Math.random),
    clock: Date.now,
    pause: async (milliseconds) => void (await wait(milliseconds)),
    random: Math.random,
  });
}
