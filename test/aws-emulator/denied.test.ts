import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { ListIPSetsCommand, WAFV2Client } from '@aws-sdk/client-wafv2';
import { describe, expect, inject, it } from 'vitest';
import { EDGE_REGION } from '../../lambda/contract/edge.ts';
import { COPIES } from './assembly.ts';
import { AWAY, type Credentials, type EmulatedRegion, REGION, reach } from './clients.ts';
import { resourcesIn } from './deployed-functions.ts';
import { takeRole } from './take-role.ts';

type Try = (as: ReturnType<typeof clientsOf>) => Promise<unknown>;

/** One call that a role may make and one that it must not; the first shows that the second is refused for its own sake. */
interface Rights {
  readonly may: Try;
  readonly mustNot: Try;
}

const secret: Try = ({ secrets }) =>
  secrets.send(new GetSecretValueCommand({ SecretId: outputOf('CredentialsSecretArn') }));
const parameter: Try = ({ ssm }) => ssm.send(new GetParameterCommand({ Name: '/vitrine/edge' }));
const put =
  (output: string, Key: string): Try =>
  ({ s3 }) =>
    s3.send(new PutObjectCommand({ Bucket: outputOf(output), Key, Body: 'x' }));
const putIntoCopy =
  (of: EmulatedRegion): Try =>
  ({ s3In }) =>
    s3In(COPIES[of].at).send(new PutObjectCommand({ Bucket: COPIES[of].Bucket, Key: 'media/a', Body: 'x' }));
const remove =
  (output: string, Key: string): Try =>
  ({ s3 }) =>
    s3.send(new DeleteObjectCommand({ Bucket: outputOf(output), Key }));
const listVersions =
  (output: string): Try =>
  ({ s3 }) =>
    s3.send(new ListObjectVersionsCommand({ Bucket: outputOf(output) }));

/** Looks for a file that is not there. */
const readLibrary: Try = async ({ dynamo }) =>
  dynamo.send(
    new GetItemCommand({ TableName: await tableName('Library'), Key: { pk: { S: 'a#none' }, sk: { S: 'head' } } }),
  );

/** Lists what a bucket of the edge's stack has. */
const listAtTheEdge =
  (logicalId: string): Try =>
  async ({ s3In }) => {
    const found = (await resourcesIn(EDGE_REGION)).find(
      (one) => one.ResourceType === 'AWS::S3::Bucket' && one.LogicalResourceId?.startsWith(logicalId),
    );
    return s3In(EDGE_REGION).send(new ListObjectsV2Command({ Bucket: found?.PhysicalResourceId ?? '' }));
  };

async function tableName(logicalId: string): Promise<string> {
  const found = (await resourcesIn(REGION)).find(
    ({ ResourceType = '', LogicalResourceId }) =>
      ResourceType.startsWith('AWS::DynamoDB') && LogicalResourceId?.startsWith(logicalId),
  );
  return found?.PhysicalResourceId ?? '';
}

/** Of every role of the stacks of home and of the edge, by what its logical id begins with. */
const RIGHTS: Readonly<Record<string, Rights>> = {
  TransformerTransformRole: { may: put('VariantsBucketName', '1/a'), mustNot: put('OriginalsBucketName', 'media/a') },
  ApiAnswerRole: { may: put('OriginalsBucketName', 'media/a'), mustNot: listVersions('OriginalsBucketName') },
  EdgeSyncPublishRole: {
    may: secret,
    mustNot: ({ s3 }) => s3.send(new GetObjectCommand({ Bucket: outputOf('OriginalsBucketName'), Key: 'media/a' })),
  },
  FirstPublicationPublishRole: { may: parameter, mustNot: put('VariantsBucketName', '1/a') },
  LogReaderRole: { may: listAtTheEdge('AccessLogsBucket'), mustNot: readLibrary },
  WebhooksDeliverRole: {
    may: async ({ dynamo }) =>
      dynamo.send(
        new GetItemCommand({
          TableName: await tableName('Accounts'),
          Key: { pk: { S: 'webhooks' }, sk: { S: 'webhook#none' } },
        }),
      ),
    mustNot: readLibrary,
  },
  FollowerFollowRole: { may: readLibrary, mustNot: secret },
  AuditMirrorCopyRole: { may: put('AuditBucketName', 'events/a'), mustNot: put('AuditBucketName', 'seals/a') },
  AuditSealsSealRole: { may: put('AuditBucketName', 'seals/a'), mustNot: put('AuditBucketName', 'events/a') },
  UploadsIngestRole: { may: parameter, mustNot: secret },
  PurgesResumeRole: { may: remove('VariantsBucketName', '1/a'), mustNot: put('AuditBucketName', 'events/a') },
  EmptyingEmptyRole: { may: listVersions('VariantsBucketName'), mustNot: listVersions('OriginalsBucketName') },
  BackupReplicationRole: {
    may: ({ s3 }) => s3.send(new ListObjectsV2Command({ Bucket: outputOf('OriginalsBucketName') })),
    mustNot: put('OriginalsBucketName', 'media/a'),
  },
  BackupRecordsKeepRole: {
    may: put('OriginalsBucketName', 'records/a'),
    mustNot: put('OriginalsBucketName', 'media/a'),
  },
  BackupDailyBackUpRole: { may: putIntoCopy(REGION), mustNot: put('OriginalsBucketName', 'media/a') },
  BackupRestorerRestoreRole: {
    may: put('OriginalsBucketName', 'media/a'),
    mustNot: putIntoCopy(REGION),
  },
  FallbackTransformRole: {
    may: ({ s3In }) => s3In(COPIES[AWAY].at).send(new ListObjectsV2Command({ Bucket: COPIES[AWAY].Bucket })),
    mustNot: putIntoCopy(AWAY),
  },
  WebAclAccessRulesKeepRole: {
    may: ({ waf }) => waf.send(new ListIPSetsCommand({ Scope: 'CLOUDFRONT' })),
    mustNot: parameter,
  },
};

/** Nothing that is there: a right is asked for before the item is looked for. */
const EVENT = { pk: { S: '2026-00' }, sk: { S: '999999999999' } };

/** Ways to change or remove an event, none of which a role of ours may go. */
const CHANGES: Readonly<Record<string, (TableName: string) => Try>> = {
  'dynamodb:UpdateItem':
    (TableName) =>
    ({ dynamo }) =>
      dynamo.send(
        new UpdateItemCommand({
          ...{ TableName, Key: EVENT },
          UpdateExpression: 'SET body = :body',
          ExpressionAttributeValues: { ':body': { S: 'other' } },
        }),
      ),
  'dynamodb:DeleteItem':
    (TableName) =>
    ({ dynamo }) =>
      dynamo.send(new DeleteItemCommand({ TableName, Key: EVENT })),
  'dynamodb:BatchWriteItem':
    (TableName) =>
    ({ dynamo }) =>
      dynamo.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ DeleteRequest: { Key: EVENT } }] } })),
  'dynamodb:UpdateTimeToLive':
    (TableName) =>
    ({ dynamo }) =>
      dynamo.send(
        new UpdateTimeToLiveCommand({
          TableName,
          TimeToLiveSpecification: { AttributeName: 'sk', Enabled: true },
        }),
      ),
};

const outputOf = (name: string): string => inject('deployment').region.outputs[name] ?? '';

function clientsOf(credentials: Credentials) {
  const { endpoint } = inject('deployment');
  const atHome = reach(endpoint, REGION, credentials);
  const atTheEdge = reach(endpoint, EDGE_REGION, credentials);
  return {
    dynamo: new DynamoDBClient(atHome),
    s3: new S3Client({ ...atHome, forcePathStyle: true }),
    s3In: (region: string) => new S3Client({ ...reach(endpoint, region, credentials), forcePathStyle: true }),
    secrets: new SecretsManagerClient(atHome),
    ssm: new SSMClient(atTheEdge),
    waf: new WAFV2Client(atTheEdge),
  };
}

/** Roles of the stacks of home and of the edge: what the logical id begins with, and the name. */
async function roles(): Promise<[string, string][]> {
  return [...(await rolesIn(REGION)), ...(await rolesIn(EDGE_REGION))];
}

async function rolesIn(region: string): Promise<[string, string][]> {
  return (await resourcesIn(region))
    .filter(({ ResourceType }) => ResourceType === 'AWS::IAM::Role')
    .map(({ LogicalResourceId = '', PhysicalResourceId = '' }) => [
      LogicalResourceId.replace(/[0-9A-F]{8}$/, ''),
      PhysicalResourceId,
    ]);
}

describe('a role', () => {
  it.each(Object.entries(RIGHTS))('%s may do its work and nothing beside it', async (id, { may, mustNot }) => {
    const name = (await roles()).find(([one]) => one === id)?.[1] ?? '';
    const clients = clientsOf(await takeRole(name));

    await may(clients);
    await expect(mustNot(clients)).rejects.toThrow(/AccessDenied|not authorized|Access Denied/);
  });

  it('is in the list above, whichever it is', async () => {
    expect((await roles()).map(([id]) => id).sort()).toEqual(Object.keys(RIGHTS).sort());
  });

  it('of the other region is one that home has, too', async () => {
    const away = (await rolesIn(AWAY)).map(([id]) => id);

    expect(away).toContain('FallbackTransformRole');
    expect(away.filter((id) => !(id in RIGHTS))).toEqual([]);
  });
});

describe('the audit table', () => {
  const writers = ['ApiAnswerRole', 'UploadsIngestRole', 'PurgesResumeRole', 'AuditSealsSealRole'];

  it.each(writers)('is queried by %s, and changed in no way', async (id) => {
    const name = (await roles()).find(([one]) => one === id)?.[1] ?? '';
    const clients = clientsOf(await takeRole(name));
    const TableName = await tableName('Audit');
    const query = new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': EVENT.pk },
    });

    await clients.dynamo.send(query);
    for (const [action, change] of Object.entries(CHANGES)) {
      await expect(change(TableName)(clients), action).rejects.toThrow(/AccessDenied|not authorized|Access Denied/);
    }
  });
});
