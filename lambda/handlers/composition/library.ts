import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
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
import { auditLog } from '../audit-log.ts';

/** What functions that change the library work with, feature by feature. */
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
    /** What completes uploads. */
    uploads: {
      library: libraryTable(dynamo, table, auditLog),
      originals: originalsBucket(s3, originals),
      variants: variantPurge(removal),
      clock: Date.now,
      random: Math.random,
      pause,
    },
    /** What carries out purges. */
    purges: {
      jobs: purgeJobs(dynamo, table, auditLog),
      accountPurges: accountPurges(new DynamoDBClient({ region: accountsRegion }), accountsTable),
      folders: libraryFolders(dynamo, table),
      originCache: originCacheRemoval(s3, originals),
      removal,
      clock: Date.now,
      hexId,
    },
    edge,
  };
}

const pause = async (milliseconds: number): Promise<void> => void (await wait(milliseconds));

/** 24 hexadecimal characters. */
export const hexId = (): string => randomBytes(12).toString('hex');
