import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import { dependentVariants } from '../../aws/dependent-variants.ts';
import { edgeParameter } from '../../aws/edge-parameter.ts';
import { libraryTable } from '../../aws/library-table.ts';
import { originalsBucket } from '../../aws/originals-bucket.ts';
import { variantPurge } from '../../aws/variant-purge.ts';
import { EDGE_REGION } from '../../contract/edge.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';

/** What every function that changes the library works with. */
export function composeLibrary() {
  const s3 = new S3Client({});
  const dynamo = new DynamoDBClient({});
  const table = requireEnvironment(ENVIRONMENT.libraryTable);
  const edge = edgeParameter(new SSMClient({ region: EDGE_REGION }), requireEnvironment(ENVIRONMENT.edgeParameter));
  return {
    library: libraryTable(dynamo, table),
    originals: originalsBucket(s3, requireEnvironment(ENVIRONMENT.originalsBucket)),
    variants: variantPurge({
      s3,
      cloudFront: new CloudFrontClient({}),
      dependents: dependentVariants(dynamo, table),
      variantsBucket: requireEnvironment(ENVIRONMENT.variantsBucket),
      distributionId: async () => (await edge()).distributionId,
      reference: () => randomBytes(16).toString('hex'),
    }),
    edge,
    clock: Date.now,
    random: Math.random,
    pause: async (milliseconds: number) => void (await pause(milliseconds)),
  };
}
