import type { BackupConfig } from '../config/backup.ts';
import type { AcceptedFinding } from './accepted-finding.ts';

const REPLICATION_ROLE = 'Backup/Replication/Role/DefaultPolicy/Resource';
const KEEPER = 'Backup/Records/Keep';
const DAILY = 'Backup/Daily/BackUp';
const RESTORER = 'Backup/Restorer/Restore';
const ORIGINALS = '<OriginalsBucket0D7D99C8.Arn>';

/** What is accepted of backups in buckets of the customer's. */
export function ofBackup({ destinations }: BackupConfig): AcceptedFinding[] {
  const buckets = Object.values(destinations).map(({ bucket }) => `arn:<AWS::Partition>:s3:::${bucket}`);
  return [
    ...[ORIGINALS, ...buckets].flatMap((bucket) =>
      ['media', 'records'].map((folder) => ({
        rule: `AwsSolutions-IAM5[Resource::${bucket}/${folder}/*]`,
        at: [REPLICATION_ROLE],
        reason: 'S3 replicates every original and record; the rights are those that its user guide names.',
      })),
    ),
    ...OF_KEEPER,
    ...OF_RESTORER,
    ...buckets.flatMap((bucket) =>
      ['media', 'records'].map((folder) => ({
        rule: `AwsSolutions-IAM5[Resource::${bucket}/${folder}/*]`,
        at: [`${RESTORER}/Role/DefaultPolicy/Resource`, `${DAILY}/Role/DefaultPolicy/Resource`],
        reason: 'Any original or record may be restored, or be missing in the backup; the rights are single actions.',
      })),
    ),
  ];
}

const OF_KEEPER: readonly AcceptedFinding[] = [
  {
    rule: `AwsSolutions-IAM5[Resource::${ORIGINALS}/records/*]`,
    at: [`${KEEPER}/Role/DefaultPolicy/Resource`, `${DAILY}/Role/DefaultPolicy/Resource`],
    reason: 'Each batch of changes is a file of its own; the rights are to put and to remove objects under records/.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    at: [`${KEEPER}/Role/DefaultPolicy/Resource`],
    reason: 'DynamoDB lists streams without a resource, and Lambda asks for the right before it reads one.',
  },
  {
    rule: 'Serverless-LambdaEventSourceMappingDestination',
    at: ['Backup/Records/Library/Resource', 'Backup/Records/Settings/Resource'],
    reason: 'Nothing is given up: a batch is repeated for as long as the stream has it, and an alarm tells before.',
  },
  {
    rule: 'Serverless-LambdaDLQ',
    at: [`${KEEPER}/Function/Resource`],
    reason: 'A batch that fails comes again; there is nothing that a queue could have.',
  },
  {
    rule: 'Serverless-LambdaTracing',
    at: [`${KEEPER}/Function/Resource`],
    reason: 'Nobody waits for it, and each of its results is a file.',
  },
];

const OF_RESTORER: readonly AcceptedFinding[] = [
  {
    rule: `AwsSolutions-IAM5[Resource::${ORIGINALS}/media/*]`,
    at: [`${RESTORER}/Role/DefaultPolicy/Resource`, `${DAILY}/Role/DefaultPolicy/Resource`],
    reason: 'Any original may be missing here or in the backup; the rights are single actions on objects under media/.',
  },
  ...[DAILY, RESTORER].flatMap((fn) =>
    ['Serverless-LambdaDLQ', 'Serverless-LambdaTracing'].map((rule) => ({
      rule,
      at: [`${fn}/Function/Resource`],
      reason:
        'A run that failed is made again: the next day by the clock, or by whoever called; an alarm tells of the first.',
    })),
  ),
  {
    rule: 'Serverless-EventBusDLQ',
    at: ['Backup/Daily/EveryDay/Resource'],
    reason: 'What a run missed is done the next day, and an alarm tells.',
  },
];
