import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import { accountPurges } from '../../adapters/accounts-table/account-purges.ts';
import { listEndpointItems } from '../../adapters/accounts-table/endpoint-list.lean.ts';
import { edgeParameter } from '../../adapters/edge/edge-parameter.ts';
import { dependentVariants } from '../../adapters/library-table/dependent-variants.ts';
import { libraryFolders } from '../../adapters/library-table/library-folders.ts';
import { libraryTable } from '../../adapters/library-table/library-table.ts';
import { purgeJobs } from '../../adapters/library-table/purge-jobs.ts';
import { originCacheRemoval } from '../../adapters/originals-bucket/origin-cache-removal.ts';
import { originalsBucket } from '../../adapters/originals-bucket/originals-bucket.ts';
import { dynamoItems } from '../../adapters/signed-http/dynamo-items.lean.ts';
import { variantPurge } from '../../adapters/variants-bucket/variant-purge.ts';
import { variantRemoval } from '../../adapters/variants-bucket/variant-removal.ts';
import { EDGE_REGION } from '../../contract/edge.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { withDefault } from '../../core/settings/endpoints/endpoint.ts';

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
    originCache: originCacheRemoval(s3, originals),
    removal,
    variants: variantPurge(removal),
    edge,
    hexId: () => randomBytes(12).toString('hex'),
    clock: Date.now,
    random: Math.random,
    pause: async (milliseconds: number) => void (await pause(milliseconds)),
  };
}
