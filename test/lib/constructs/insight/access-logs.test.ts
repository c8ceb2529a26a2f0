import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { AccessLogs } from '../../../../lib/constructs/insight/access-logs.ts';
import type { Statement } from '../../construct-stack.ts';
import { constructStack } from '../../construct-stack.ts';

function logs(): Template {
  const stack = constructStack();
  new AccessLogs(stack, 'AccessLogs', {
    deployment: 'vitrine',
    distributionArn: 'arn:aws:cloudfront::123456789012:distribution/E123',
  });
  return Template.fromStack(stack);
}

/** Of the bucket with the log, not of the one with who read it. */
const policyOf = (template: Template) =>
  Object.entries(template.findResources('AWS::S3::BucketPolicy')).filter(([id]) =>
    id.startsWith('AccessLogsBucket'),
  ) as [[string, { readonly Properties: { readonly PolicyDocument: { readonly Statement: readonly Statement[] } } }]];

describe('the access log', () => {
  it('is delivered as Parquet, in folders by hour', () => {
    const template = logs();

    template.hasResourceProperties('AWS::Logs::DeliverySource', {
      LogType: 'ACCESS_LOGS',
      ResourceArn: 'arn:aws:cloudfront::123456789012:distribution/E123',
    });
    template.hasResourceProperties('AWS::Logs::DeliveryDestination', { OutputFormat: 'parquet' });
    template.hasResourceProperties('AWS::Logs::Delivery', {
      S3EnableHiveCompatiblePath: true,
      S3SuffixPath: '{DistributionId}/{yyyy}/{MM}/{dd}/{HH}',
    });
  });

  it('has no field that tells who the viewer is, and none that holds a signature', () => {
    const [delivery] = Object.values(logs().findResources('AWS::Logs::Delivery'));
    const fields: readonly string[] = delivery?.Properties.RecordFields;
    const telling = [
      'c-ip',
      'c-port',
      'x-forwarded-for',
      'cs(Cookie)',
      'cs(User-Agent)',
      'cs(Referer)',
      'cs-uri-query',
      'cs-username',
      'fle-encrypted-fields',
    ];

    expect(fields.length).toBeGreaterThan(15);
    expect(new Set(fields).size).toBe(fields.length);
    expect(fields.filter((field) => telling.includes(field))).toEqual([]);
  });

  it('ends after 90 days', () => {
    logs().hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 90, Status: 'Enabled' }] },
    });
  });

  it('is written by the log service on behalf of this delivery only', () => {
    const [[, policy]] = policyOf(logs());

    const allowed = policy?.Properties.PolicyDocument.Statement.filter((one: Statement) => one.Effect === 'Allow');
    const account = { Ref: 'AWS::AccountId' };
    expect(allowed).toMatchObject([
      {
        Principal: { Service: 'delivery.logs.amazonaws.com' },
        Action: 's3:PutObject',
        Condition: {
          StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceAccount': account },
          ArnLike: {
            'aws:SourceArn': {
              'Fn::Join': ['', ['arn:aws:logs:eu-west-1:', account, ':delivery-source:vitrine-media']],
            },
          },
        },
      },
    ]);
  });

  it('starts when the service may write', () => {
    const template = logs();

    const [[policy]] = policyOf(template);
    template.hasResource('AWS::Logs::Delivery', { DependsOn: [policy] });
  });
});
