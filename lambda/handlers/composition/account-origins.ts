import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { originUse } from '../../aws/accounts/endpoint-origins.ts';
import { originStore } from '../../aws/accounts/origin-entity.ts';
import { dynamoItems } from '../../aws/dynamo-items.ts';
import { credentialSealer } from '../../aws/origins/origin-credentials.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import type { ManageOriginsDeps } from '../../core/origins/manage-origins.ts';

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
