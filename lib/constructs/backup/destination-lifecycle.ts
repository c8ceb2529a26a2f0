import { RECORD_DAYS, RECORD_FOLDERS, RECORDS_PREFIX } from '../../../lambda/contract/backup.ts';

/**
 * The lifecycle of a bucket that a region is backed up to, as `aws s3api put-bucket-lifecycle-configuration` takes it. S3 replicates no
 * action of a lifecycle: without one of its own, the bucket keeps for ever what `changes/` says of files that were removed for good.
 */
export const destinationLifecycle = {
  Rules: [
    ending('changes', RECORD_FOLDERS.changes, { Expiration: { Days: RECORD_DAYS } }),
    ending('snapshots', RECORD_FOLDERS.snapshots, { Expiration: { Days: RECORD_DAYS } }),
    ending('records', RECORDS_PREFIX, { NoncurrentVersionExpiration: { NoncurrentDays: RECORD_DAYS } }),
  ],
} as const;

function ending<Action extends object>(ID: string, Prefix: string, action: Action) {
  return { ID, Status: 'Enabled', Filter: { Prefix }, ...action } as const;
}
