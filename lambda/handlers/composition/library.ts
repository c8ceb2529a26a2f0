import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import { accountPurges } from '../../aws/accounts/account-purges.ts';
import { listEndpointItems } from '../../aws/accounts/endpoint-list.ts';
import { dependentVariants } from '../../aws/dependent-variants.ts';
import { dynamoItems } from '../../aws/dynamo-items.ts';
import { edgeParameter } from '../../aws/edge-parameter.ts';
import { libraryFolders } from '../../aws/library-folders.ts';
import { libraryTable } from '../../aws/library-table.ts';
import { originalsBucket } from '../../aws/originals-bucket.ts';
import { fetchedRemoval } from '../../aws/origins/fetched-removal.ts';
import { purgeJobs } from '../../aws/purge-jobs.ts';
import { variantPurge } from '../../aws/variant-purge.ts';
import { variantRemoval } from '../../aws/variant-removal.ts';
import { EDGE_REGION } from '../../contract/edge.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { withDefault } from '../../core/endpoints/endpoint.ts';

/** What every function that changes the library works with. */
export function composeLibrary() {
  const s3 = new S3Client({});
  const dynamo = new DynamoDBClient({});
  const table = requireEnvironment(ENVIRONMENT.libraryTable);
  const originals = requireEnvironment(ENVIRONMENT.originalsBucket);
  const edge = edgeParameter(new SSMClient({ region: EDGE_REGION }), requireEnvironment(ENVIRONMENT.edgeParameter));
  const accountsRegion = requireEnvironment(ENVIRONMENT.accountsRegion);
  const accountsTable = requireEnvironment(ENVIRONMENT.accountsTable);
  const accounts = dynamoItems({ ...process.env, AWS_REGION: accountsRegion }, accountsTable);
  const removal = variantRemoval({
    s3,
    cloudFront: new CloudFrontClient({}),
    dependents: dependentVariants(dynamo, table),
    variantsBucket: requireEnvironment(ENVIRONMENT.variantsBucket),
    distributionId: async () => (await edge()).distributionId,
    endpoints: async () => withDefault(await listEndpointItems(accounts)).map(({ id }) => id),
    reference: () => randomBytes(16).toString('hex'),
  });
  return {
    library: libraryTable(dynamo, table),
    folders: libraryFolders(dynamo, table),
    jobs: purgeJobs(dynamo, table),
    accountPurges: accountPurges(new DynamoDBClient({ region: accountsRegion }), accountsTable),
    originals: originalsBucket(s3, originals),
    fetched: fetchedRemoval(s3, originals),
    removal,
    variants: variantPurge(removal),
    edge,
    hexId: () => randomBytes(12).toString('hex'),
    clock: Date.now,
    random: Math.random,
    pause: async (milliseconds: number) => void (await pause(milliseconds)),
  };
}
