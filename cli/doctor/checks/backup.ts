import { GetObjectCommand } from '@aws-sdk/client-s3';
import { RECORD_FOLDERS } from '../../../lambda/contract/backup.ts';
import { type Check, judge, notAsked, ONLY_IN_AWS } from '../check.ts';

/** The daily run writes what it found; S3 replicates that like everything else. */
const MOST_HOURS = 26;

const HOUR = 3_600_000;

/** Of what the run wrote. */
interface Found {
  readonly at: string;
  readonly compared: number;
  readonly failed: { readonly count: number };
}

export const backup: Check = {
  title: 'The backup',
  run: async ({ deployment, clock }) => {
    if (!deployment.aws) return ONLY_IN_AWS;
    const { backupBucket, clients } = deployment.aws;
    if (backupBucket === undefined) return notAsked('The deployment has no backup: cdk.json names none.');
    const { Body } = await clients.s3.send(
      new GetObjectCommand({ Bucket: backupBucket, Key: RECORD_FOLDERS.reconciled }),
    );
    const { at, compared, failed } = JSON.parse((await Body?.transformToString()) ?? '') as Found;
    const hours = (clock.now() - Date.parse(at)) / HOUR;
    return judge(
      hours < MOST_HOURS && failed.count === 0,
      `${compared} objects compared ${Math.round(hours)} hours ago, ${failed.count} not repaired`,
      'What the daily run wrote beside the originals has reached the backup.',
      'The daily run or the replication of what it writes fails: docs/runbook/backup-fails.md.',
    );
  },
};
