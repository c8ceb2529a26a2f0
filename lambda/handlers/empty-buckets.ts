import { S3Client } from '@aws-sdk/client-s3';
import { emptyBucket } from '../adapters/buckets/empty-bucket.ts';
import { customResource } from './cloudformation/custom-resource.ts';

/** Time for the answer to CloudFormation. */
const RESERVE_MILLISECONDS = 30_000;

const s3 = new S3Client({});

/** Empties the buckets that its stack is about to delete. */
export const handler = customResource(async ({ RequestType, ResourceProperties }, context) => {
  if (RequestType !== 'Delete') return;
  const mayGoOn = () => context.getRemainingTimeInMillis() > RESERVE_MILLISECONDS;
  for (const bucket of ResourceProperties.Buckets as string[]) {
    if (await emptyBucket(s3, bucket, mayGoOn)) continue;
    throw new Error(`The bucket ${bucket} still has objects. Delete the stack again; it goes on where it ended.`);
  }
});
