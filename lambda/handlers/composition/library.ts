import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import { accountPurges } from '../../adapters/accounts-table/account-purges.ts';
import { edgeParameter } from '../../adapters/edge/edge-parameter.ts';
import { cloudFrontInvalidations } from '../../adapters/edge/invalidations.ts';
import { dependentVariants } from '../../adapters/library-table/dependent-variants.ts';
import { invalidationQueue } from '../../adapters/library-table/invalidation-queue.ts';
import { libraryFolders } from '../../adapters/library-table/library-folders.ts';
import { libraryTable } from '../../adapters/library-table/library-table.ts';
import { purgeJobs } from '../../adapters/library-table/purge-jobs.ts';
import { usedTags } from '../../adapters/library-table/used-tags.ts';
import { originCacheRemoval } from '../../adapters/originals-bucket/origin-cache-removal.ts';
import { originalsBucket } from '../../adapters/originals-bucket/originals-bucket.ts';
import { storedVariants } from '../../adapters/variants-bucket/stored-variants.ts';
import { variantPurge } from '../../adapters/variants-bucket/variant-purge.ts';
import { EDGE_REGION } from '../../contract/edge.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { variantRemoval } from '../../core/purge/remove-variants.ts';
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
  const invalidating = {
    invalidations: cloudFrontInvalidations(new CloudFrontClient({}), async () => (await edge()).distributionId),
    queue: invalidationQueue(dynamo, table, Date.now),
    clock: Date.now,
    hexId,
    pause,
  };
  const removal = variantRemoval({
    ...invalidating,
    stored: storedVariants(s3, requireEnvironment(ENVIRONMENT.variantsBucket)),
    dependents: dependentVariants(dynamo, table),
    usedTags: usedTags(dynamo, table),
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
    /** What tells the CDN. */
    invalidating,
    edge,
  };
}

const pause = async (milliseconds: number): Promise<void> => void (await wait(milliseconds));

/** 24 hexadecimal characters. */
export const hexId = (): string => randomBytes(12).toString('hex');
