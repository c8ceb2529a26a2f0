import type { VitrineConfig } from '../config/config.ts';
import type { AcceptedFinding } from './accepted-finding.ts';

const MIRROR = 'AuditMirror/Copy';
const SEALS = 'AuditSeals/Seal';

/** What is accepted of the copy of the audit log and its seals; the profile small has no key that signs them. */
export function ofAuditLog(profile: VitrineConfig['profile']): AcceptedFinding[] {
  return [
    {
      rule: 'AwsSolutions-S1',
      at: ['AuditCopy/Bucket/Resource'],
      reason: 'Two of our functions put files there, each under its own role; CloudTrail tells of everybody else.',
    },
    ...ofFollower(MIRROR, 'AuditMirror'),
    ...ofFolders(MIRROR, ['events', 'altered'], 'Each batch of events is a file of its own; the right is to put.'),
    ...(profile === 'guarded' ? OF_SEALS : []),
  ];
}

const OF_SEALS: readonly AcceptedFinding[] = [
  ...ofFollower(SEALS, 'AuditSeals'),
  ...ofFolders(
    SEALS,
    ['seals', 'keys'],
    'The number of a seal is in its name; the rights are to put, and to read seals.',
  ),
  {
    rule: 'Serverless-EventBusDLQ',
    at: ['AuditSeals/TwiceADay/Resource'],
    reason: 'What a run missed is sealed by the next; an alarm tells when none was made for a day.',
  },
];

/** Of the function that mails reports, in a deployment with people. */
export function ofReports(profile: VitrineConfig['profile']): AcceptedFinding[] {
  if (profile !== 'guarded') return [];
  return ofFolders('DailyMails/Send', ['seals'], 'The number of a seal is in its name; the right is to read.');
}

/** Of a function that follows the audit table's stream. */
function ofFollower(fn: string, construct: string): AcceptedFinding[] {
  return [
    {
      rule: 'AwsSolutions-IAM5[Resource::*]',
      at: [`${fn}/Role/DefaultPolicy/Resource`],
      reason: 'DynamoDB lists streams without a resource, and Lambda asks for the right before it reads one.',
    },
    {
      rule: 'Serverless-LambdaEventSourceMappingDestination',
      at: [`${construct}/Events/Resource`],
      reason: 'Nothing is given up: a batch is repeated for as long as the stream has it, and an alarm tells before.',
    },
    {
      rule: 'Serverless-LambdaDLQ',
      at: [`${fn}/Function/Resource`],
      reason: 'A batch that fails comes again; there is nothing that a queue could have.',
    },
    {
      rule: 'Serverless-LambdaTracing',
      at: [`${fn}/Function/Resource`],
      reason: 'Nobody waits for it, and each of its results is a file.',
    },
  ];
}

function ofFolders(fn: string, folders: readonly string[], reason: string): AcceptedFinding[] {
  return folders.map((folder) => ({
    rule: `AwsSolutions-IAM5[Resource::<AuditCopyBucketF66F1BD5.Arn>/${folder}/*]`,
    at: [`${fn}/Role/DefaultPolicy/Resource`],
    reason,
  }));
}
