import { variableOf } from '../../program.ts';
import { offerOf } from '../../service/offer.ts';
import type { Service } from '../../service/service.ts';
import type { StartingCloud } from '../../service/starting-cloud.ts';
import { StartFault } from '../../start-fault.ts';
import { type DynamoDb, startDynamoDb } from './dynamodb.ts';
import { DYNAMODB_RESOURCE_TYPES } from './properties.ts';
import type { TableProperties } from './table-properties.ts';

/** The server's file in the state folder. */
const FILE = 'dynamodb.sqlite';

export const TABLES = offerOf<DynamoDb>('tables');

export const dynamodb: Service = {
  name: 'dynamodb',
  resourceTypes: DYNAMODB_RESOURCE_TYPES,
  keptFile: FILE,
  start: async (cloud) => {
    const server = await startServer(cloud);
    cloud.atEnd(() => server.close());
    cloud.sdkEndpoints.set('DYNAMODB', server.endpoint);
    cloud.offer(TABLES, server);
    await cloud.using(FILE, async () => {
      for (const { ref, properties } of tablesOf(cloud)) {
        await server.ensureTable(ref, properties as unknown as TableProperties);
      }
    });
  },
};

const tablesOf = (cloud: StartingCloud) => [
  ...cloud.resources('AWS::DynamoDB::GlobalTable'),
  ...cloud.resources('AWS::DynamoDB::Table'),
];

/** Names of the attributes that are keys of tables. */
export function keysOfTables(cloud: StartingCloud): string[] {
  const schemas = tablesOf(cloud).flatMap(({ properties }) => properties.KeySchema as TableProperties['KeySchema']);
  return [...new Set(schemas.map(({ AttributeName = '' }) => AttributeName))];
}

function startServer(cloud: StartingCloud): Promise<DynamoDb> {
  const programVariable = variableOf(cloud.program, 'DYNOXIDE');
  return cloud
    .using(FILE, (file) =>
      startDynamoDb({ file, programVariable, log: cloud.log, onLost: (sentence) => cloud.fail(sentence) }),
    )
    .catch((error: Error) => {
      // Its own message is a sentence: the program is missing, or what it said when it ended.
      throw error instanceof StartFault ? error : new StartFault(error.message, { cause: error });
    });
}
