import type { AlarmConfig, VitrineConfig } from '../config/config.ts';
import { ofAuditLog, ofReports } from './accepted-audit-findings.ts';
import { ofBackup } from './accepted-backup-findings.ts';
import { ofAccessRules, ofCdnInFront, ofDistributions, withoutWebAcl } from './accepted-edge-findings.ts';
import type { AcceptedFinding } from './accepted-finding.ts';
import { OF_CEILING, ofLogReader } from './accepted-insight-findings.ts';
import { ofLargeUploads } from './accepted-upload-findings.ts';

/** Roles by their rights, because cdk-nag names the policy. */
const TRANSFORMER_ROLE = 'Transformer/Transform/Role/DefaultPolicy/Resource';
const API_ROLE = 'Api/Answer/Role/DefaultPolicy/Resource';
const INGEST_ROLE = 'Uploads/Ingest/Role/DefaultPolicy/Resource';
const EMPTYING_ROLE = 'Emptying/Empty/Role/DefaultPolicy/Resource';
const PURGE_ROLE = 'Purges/Resume/Role/DefaultPolicy/Resource';
const FOLLOWER_ROLE = 'Follower/Follow/Role/DefaultPolicy/Resource';

const FUNCTIONS = [
  'Transformer/Transform/Function/Resource',
  'Api/Answer/Function/Resource',
  'Uploads/Ingest/Function/Resource',
  'EdgeSync/Publish/Function/Resource',
  'FirstPublication/Publish/Function/Resource',
  'Purges/Resume/Function/Resource',
  'Follower/Follow/Function/Resource',
  'Webhooks/Deliver/Function/Resource',
  'Emptying/Empty/Function/Resource',
];

/** What of the configuration changes the findings. */
export type DecidedByOwner = Pick<
  VitrineConfig,
  | 'name'
  | 'regions'
  | 'profile'
  | 'retainData'
  | 'people'
  | 'alarms'
  | 'largeUploads'
  | 'backup'
  | 'spendCeiling'
  | 'cdnInFront'
>;

/** Every finding that is accepted in a deployment, and why. Any other ends the synthesis. */
export function acceptedFindings(config: DecidedByOwner): AcceptedFinding[] {
  const { name, regions, profile, retainData, people, alarms, largeUploads, backup, spendCeiling, cdnInFront } = config;
  const distributions = ['Media', ...regions.map((region) => `ApiCdn-${region}`)].map((id) => `${id}/${DISTRIBUTION}`);
  const ofProfile = profile === 'guarded' ? ofAccessRules(name) : withoutWebAcl(distributions);
  return [
    ...ALWAYS,
    ...ofLogReader(name),
    ...(spendCeiling === undefined ? [] : OF_CEILING),
    ...ofDistributions(distributions),
    ...ofProfile,
    ...ofEmptying(retainData),
    ...ofAuditLog(profile),
    ...(profile === 'guarded' ? ofAlarms(alarms) : []),
    ...(people ? [...OF_PEOPLE, ...ofReports(profile)] : []),
    ...(largeUploads === 'web' ? ofLargeUploads(regions) : []),
    ...(backup ? ofBackup(backup) : []),
    ...(cdnInFront ? ofCdnInFront(cdnInFront.secrets) : []),
  ];
}

/** What is accepted of those who are told of alarms. */
function ofAlarms({ mails, urls }: AlarmConfig): AcceptedFinding[] {
  const ids = [...mails, ...urls].map((endpoint) => endpoint.replaceAll('/', '--'));
  if (ids.length === 0) return [];
  return [
    {
      rule: 'Serverless-SNSRedrivePolicy',
      at: ids.map((id) => `AlarmReceivers/Topic/${id}/Resource`),
      reason:
        'SNS tries several times (AWS, "Amazon SNS message delivery retries"). An alarm that comes later helps nobody, and CloudWatch keeps the history of alarms.',
    },
  ];
}

const DISTRIBUTION = 'Distribution/Resource';

const ALWAYS: readonly AcceptedFinding[] = [
  {
    rule: 'AwsSolutions-S1',
    at: ['Originals/Bucket/Resource', 'Variants/Bucket/Resource'],
    reason:
      'Only our functions, the distribution and the log service reach the buckets; what viewers ask is in the access log of the distribution. Server access logs would be one more store of addresses.',
  },
  {
    rule: 'AwsSolutions-SMG4',
    at: ['Credentials/Secret/Resource'],
    reason: 'The owner holds a copy of this key in other systems; a rotation nobody asked for would lock those out.',
  },
  {
    rule: 'AwsSolutions-APIG4',
    at: [
      'Api/HttpApi/DefaultRoute/Resource',
      'Api/HttpApi/POST--api--v1--files--upload/Resource',
      'Api/HttpApi/POST--v1--files--upload/Resource',
      'Api/HttpApi/POST--api--v2--files--upload/Resource',
    ],
    reason:
      'The function checks the private key in constant time before it reads a byte of the body; an authorizer could not answer with the errors that ImageKit SDKs expect.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::<OriginalsBucket0D7D99C8.Arn>/media/*]',
    at: [TRANSFORMER_ROLE, API_ROLE, INGEST_ROLE, PURGE_ROLE],
    reason:
      'Any original may be asked for, uploaded, taken back or erased; the rights are single actions on objects under media/.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::<OriginalsBucket0D7D99C8.Arn>/fetched/*]',
    at: [TRANSFORMER_ROLE, API_ROLE, PURGE_ROLE],
    reason:
      'Any file of an origin may be asked for and kept, and purged; the rights are single actions on objects under fetched/.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::<OriginalsBucket0D7D99C8.Arn>/uploads/*]',
    at: [API_ROLE, INGEST_ROLE],
    reason: 'Each form brings its bytes under a fresh id; the rights are single actions on objects under uploads/.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::<OriginalsBucket0D7D99C8.Arn>/zips/*]',
    at: [API_ROLE, PURGE_ROLE],
    reason: 'A job writes each ZIP under a fresh id; the rights are single actions on objects under zips/.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:aws:iam::*:role/vitrine-origin*]',
    at: [TRANSFORMER_ROLE, PURGE_ROLE],
    reason:
      'Owners of buckets in other accounts make roles of this name for us; each role’s own trust policy asks for the id of the origin.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::<VariantsBucketB9564940.Arn>/*]',
    at: [TRANSFORMER_ROLE, API_ROLE, INGEST_ROLE, PURGE_ROLE],
    reason: 'The bucket holds variants and nothing else; the rights are single actions on its objects.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    at: [API_ROLE],
    reason:
      'CloudWatch reads metrics without a resource; they are numbers, and the call names those of the deployment.',
  },
  {
    rule: 'Serverless-LambdaDLQ',
    at: FUNCTIONS,
    reason:
      'Two functions are called synchronously, so their caller has the failure. The third completes uploads: Lambda tries twice more, and the upload’s intent stays in the library for what failed after that. The one that follows the table has a queue for what Lambda gives up. The others run every minute and take up all that is not done.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    at: [FOLLOWER_ROLE],
    reason: 'DynamoDB lists streams without a resource, and Lambda asks for the right before it reads one.',
  },
  {
    rule: 'AwsSolutions-SQS3',
    at: ['Follower/GivenUp/Resource'],
    reason: 'It is the last place for what was given up; a person reads it.',
  },
  {
    rule: 'Serverless-LambdaEventSourceMappingDestination',
    at: ['Webhooks/Messages/Resource'],
    reason: 'A destination is for streams; what the function does not survive goes where the queue itself sends it.',
  },
  {
    rule: 'Serverless-SQSRedrivePolicy',
    at: ['Follower/GivenUp/Resource', 'Webhooks/GivenUp/Resource'],
    reason: 'It is the last place for what was given up; a person reads it.',
  },
  {
    rule: 'Serverless-EventBusDLQ',
    at: ['Uploads/BytesArrived/Resource', 'EdgeSync/EveryMinute/Resource', 'Purges/EveryMinute/Resource'],
    reason:
      'EventBridge tries for 24 hours to hand an event to Lambda; the intent of the upload outlives that. What a run of every minute missed is done by the next.',
  },
  {
    rule: 'Serverless-LambdaTracing',
    at: FUNCTIONS,
    reason: 'Every answer tells its own timings in Server-Timing, without a sampled trace that is paid per request.',
  },
];

const BREAK_GLASS = ['BreakGlass/LetIn/Function/Resource'];
const DAILY_MAILS = ['DailyMails/Send/Function/Resource'];

const OF_PEOPLE: readonly AcceptedFinding[] = [
  {
    rule: 'AwsSolutions-COG1',
    at: ['People/SignIn/Pool/Resource'],
    reason:
      'Twelve characters and a second factor for everybody; kinds of characters make passwords longer to remember, not to guess (NIST SP 800-63B, section 5.1.1.2).',
  },
  {
    rule: 'AwsSolutions-COG8',
    at: ['People/SignIn/Pool/Resource'],
    reason:
      'The plan Plus has no free people and only adds threat protection; everybody has a second factor, and nobody signs up.',
  },
  {
    rule: 'Serverless-LambdaDLQ',
    at: BREAK_GLASS,
    reason: 'A person calls it and is told what failed.',
  },
  {
    rule: 'Serverless-LambdaTracing',
    at: BREAK_GLASS,
    reason: 'It runs when nobody can sign in, and every run is an event.',
  },
  {
    rule: 'Serverless-LambdaDLQ',
    at: DAILY_MAILS,
    reason: 'What was not sent is due again the next day, and an alarm tells.',
  },
  {
    rule: 'Serverless-LambdaTracing',
    at: DAILY_MAILS,
    reason: 'Nobody waits for it, and what it sends of the log is an event.',
  },
  {
    rule: 'Serverless-EventBusDLQ',
    at: ['DailyMails/EveryDay/Resource'],
    reason: 'What a run missed is due again the next day.',
  },
];

function ofEmptying(retainData: boolean): AcceptedFinding[] {
  const emptied = [
    'VariantsBucketB9564940',
    ...(retainData ? [] : ['OriginalsBucket0D7D99C8', 'AccessLogsBucketCD784A59', 'AccessLogsReads803A7492']),
  ];
  return emptied.map((bucket) => ({
    rule: `AwsSolutions-IAM5[Resource::<${bucket}.Arn>/*]`,
    at: [EMPTYING_ROLE],
    reason: 'It deletes every object of the bucket that CloudFormation is about to delete.',
  }));
}
