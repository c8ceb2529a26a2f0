import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { vitrineApp } from '../../vitrine-fixture.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/** A deployment with everything that has logs or functions. */
const app = vitrineApp({
  vitrine: {
    regions: ['eu-west-1', 'us-west-2'],
    people: { mailFrom: 'vitrine@example.com' },
    apiDomain: {
      name: 'api.example.com',
      certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef',
    },
    backup: { destinations: { 'eu-west-1': { bucket: 'acme-one' }, 'us-west-2': { bucket: 'acme-two' } } },
    largeUploads: 'web',
    spendCeiling: 100,
  },
});
const templates = [...app.regions, app.edge].map((stack) => Template.fromStack(stack));
const edge = templates.at(-1) as Template;

/** Statements that let somebody, by the logical id of their policy. */
function allowed(): [string, Statement][] {
  return templates.flatMap((template) =>
    ['AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::ManagedPolicy', 'AWS::S3::BucketPolicy'].flatMap((type) =>
      Object.entries(template.findResources(type)).flatMap(([id, { Properties }]) =>
        (Properties.PolicyDocument.Statement as Statement[])
          .filter(({ Effect }) => Effect === 'Allow')
          .map((statement): [string, Statement] => [id, statement]),
      ),
    ),
  );
}

const READS = /^(\*|logs:(\*|Get|Filter|StartQuery|StartLiveTail|Unmask|Test))/;

const actionsOf = ({ Action }: Statement) => [Action].flat();

describe('logs', () => {
  it('are read by one role and by nobody else', () => {
    const readers = allowed().filter(([, statement]) => actionsOf(statement).some((action) => READS.test(action)));

    expect(new Set(readers.map(([id]) => id.replace(/[A-F\d]{8}$/, '')))).toEqual(
      new Set(['LogReaderRoleDefaultPolicy']),
    );
  });

  it('of the CDN, too', () => {
    const buckets = Object.keys(edge.findResources('AWS::S3::Bucket')).filter((id) => id.startsWith('AccessLogs'));
    expect(buckets).toHaveLength(2);
    const isOfBucket = (resource: unknown) => buckets.some((id) => JSON.stringify(resource).includes(`"${id}"`));
    const readers = allowed().filter(
      ([, statement]) =>
        isOfBucket(statement.Resource) && actionsOf(statement).some((action) => /^(\*|s3:(\*|Get))/.test(action)),
    );

    expect(readers.length).toBeGreaterThan(0);
    for (const [id] of readers) expect(id).toMatch(/^LogReaderRoleDefaultPolicy/);
  });

  it('are read after a second factor, by a role that nothing of ours may assume', () => {
    edge.hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'vitrine-log-reader',
      AssumeRolePolicyDocument: {
        Statement: [{ Action: 'sts:AssumeRole', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }],
      },
    });
    const assuming = allowed().filter(([, { Resource }]) => JSON.stringify(Resource).includes('log-reader'));

    expect(assuming).toEqual([]);
  });

  it('of the CDN note who read them, for 90 days', () => {
    const [reads] = Object.keys(edge.findResources('AWS::S3::Bucket')).filter((id) => id.startsWith('AccessLogsReads'));

    edge.hasResourceProperties('AWS::S3::Bucket', { LoggingConfiguration: { DestinationBucketName: { Ref: reads } } });
    for (const [id, { Properties }] of Object.entries(edge.findResources('AWS::S3::Bucket'))) {
      if (!id.startsWith('AccessLogs')) continue;
      expect(Properties.LifecycleConfiguration.Rules).toMatchObject([{ ExpirationInDays: 90, Status: 'Enabled' }]);
    }
  });
});
