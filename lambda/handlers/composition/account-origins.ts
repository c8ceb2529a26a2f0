import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { originUse } from '../../adapters/accounts-table/endpoint-origins.ts';
import { originStore } from '../../adapters/accounts-table/origin-entity.ts';
import { credentialSealer } from '../../adapters/origin-access/origin-credentials.ts';
import { dynamoItems } from '../../adapters/signed-http/dynamo-items.lean.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import type { ManageOriginsDeps } from '../../core/settings/origins/manage-origins.ts';

/** What the account's origins are managed with. It can encrypt credentials and not decrypt them. */
export function composeAccountOrigins(): Omit<ManageOriginsDeps, 'purgeAround'> {
  const region = requireEnvironment(ENVIRONMENT.accountsRegion);
  const table = requireEnvironment(ENVIRONMENT.accountsTable);
  const home = { ...process.env, AWS_REGION: region };
  return {
    origins: originStore(new DynamoDBClient({ region }), table),
    sealer: credentialSealer(home, requireEnvironment(ENVIRONMENT.originCredentialsKey)),
    originUse: originUse(dynamoItems(home, table)),
    newId: () => randomBytes(12).toString('hex'),
    clock: Date.now,
  };
}
