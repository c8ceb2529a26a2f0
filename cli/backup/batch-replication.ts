import { createHash } from 'node:crypto';
import type { S3ControlClient } from '@aws-sdk/client-s3-control';
import { CreateJobCommand } from '@aws-sdk/client-s3-control';
import { replicationRoleName } from '../../lambda/contract/backup.ts';
import { CommandFailed } from '../command-failed.ts';

export interface BatchReplicationProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  readonly region: string;
  readonly account: string;
  /** Name of the originals bucket. */
  readonly originals: string;
  /** Whether the job runs at once. Otherwise it waits until somebody has seen what it costs and confirms it. */
  readonly isConfirmed: boolean;
}

/** So long the same call makes no second job: a call whose answer was lost may be made again. */
const SAME_CALL = 60_000;

/**
 * Makes a job of S3 Batch Replication for objects that were never replicated or failed (S3 user guide, "Replicating existing
 * objects with Batch Replication").
 * @param now milliseconds since 1970
 * @returns its id
 * @throws CommandFailed with what S3 says
 */
export async function makeBatchReplication(
  client: S3ControlClient,
  { deployment, region, account, originals, isConfirmed }: BatchReplicationProps,
  now: number,
): Promise<string> {
  const SourceBucket = `arn:aws:s3:::${originals}`;
  const job = new CreateJobCommand({
    AccountId: account,
    Description: `Replicates what ${deployment} stored before its backup, or what failed`,
    Operation: { S3ReplicateObject: {} },
    ManifestGenerator: {
      S3JobManifestGenerator: {
        ...{ SourceBucket, EnableManifestOutput: false },
        Filter: { EligibleForReplication: true, ObjectReplicationStatuses: ['NONE', 'FAILED'] },
      },
    },
    Report: { Enabled: false },
    RoleArn: `arn:aws:iam::${account}:role/${replicationRoleName(deployment, region)}`,
    Priority: 1,
    ConfirmationRequired: !isConfirmed,
    ClientRequestToken: tokenOf(`${SourceBucket} ${isConfirmed} ${Math.floor(now / SAME_CALL)}`),
  });
  const { JobId } = await client.send(job).catch((error: unknown) => {
    throw new CommandFailed(`S3 makes no job: ${error instanceof Error ? error.message : error}`);
  });
  if (JobId === undefined) throw new CommandFailed('S3 answered without the id of a job.');
  return JobId;
}

const tokenOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
