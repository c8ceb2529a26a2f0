import {
  fallbackRoleName,
  RECORD_FOLDERS,
  RECORDS_PREFIX,
  reconcileRoleName,
  replicationRoleName,
  restoreRoleName,
} from '../../../lambda/contract/backup.ts';
import { MEDIA_PREFIX } from '../../../lambda/contract/object-keys.ts';

export interface DestinationPolicyProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  /** The region that is backed up. */
  readonly region: string;
  /** Of the deployment. */
  readonly account: string;
  readonly bucket: string;
  /** The region that renders from the copy while this one is down. @default none does */
  readonly fallback?: string | undefined;
}

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: { readonly AWS: string };
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
}

/**
 * The policy of a bucket that a region of another account is backed up to: S3 replicates (S3 user guide, "Granting permissions when
 * the source and destination buckets are owned by different AWS accounts"), the daily run compares, repairs and erases what was removed for
 * good, a restore reads, and so does the region that renders meanwhile.
 */
export function destinationPolicy({ deployment, region, account, bucket, fallback }: DestinationPolicyProps) {
  const arn = `arn:aws:s3:::${bucket}`;
  const objects = [MEDIA_PREFIX, RECORDS_PREFIX].map((prefix) => `${arn}/${prefix}*`);
  const allow = (
    Sid: string,
    roleName: string,
    Action: readonly string[],
    Resource: Statement['Resource'],
  ): Statement => ({
    ...{ Sid, Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:role/${roleName}` }, Action, Resource },
  });
  const [replication, check, restore] = [replicationRoleName, reconcileRoleName, restoreRoleName].map((nameOf) =>
    nameOf(deployment, region),
  ) as [string, string, string];
  return {
    Version: '2012-10-17',
    Statement: [
      allow('Replicate', replication, [...REPLICATE, 's3:ObjectOwnerOverrideToBucketOwner'], objects),
      allow('Compare', check, LIST, arn),
      allow('Repair', check, REPAIR, objects),
      allow('List', restore, ['s3:ListBucket'], arn),
      allow('Restore', restore, READ, objects),
      ...(fallback === undefined
        ? []
        : [
            allow('Find', fallbackRoleName(deployment, fallback), ['s3:ListBucket'], arn),
            allow('Render', fallbackRoleName(deployment, fallback), READ_COPY, readOfCopy(arn)),
          ]),
    ],
  };
}

/** What each role does there, which its own policy says as well. */
export const REPLICATE = ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'];
export const LIST = ['s3:ListBucket', 's3:ListBucketVersions'];
export const REPAIR = ['s3:PutObject', 's3:PutObjectTagging', 's3:DeleteObjectVersion'];
export const READ = ['s3:GetObject', 's3:GetObjectTagging'];
export const READ_COPY = ['s3:GetObject'];

/** What delivery reads of a copy. @param arn of the bucket */
export const readOfCopy = (arn: string): string[] =>
  [MEDIA_PREFIX, RECORD_FOLDERS.live, RECORD_FOLDERS.assets].map((prefix) => `${arn}/${prefix}*`);
