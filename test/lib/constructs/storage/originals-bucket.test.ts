import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { OriginalsBucket } from '../../../../lib/constructs/storage/originals-bucket.ts';
import { constructStack, environmentIn, grantedIn, granteeIn } from '../../construct-stack.ts';

describe('the originals bucket', () => {
  it('is versioned, private, encrypted, and outlives its stack', () => {
    const stack = constructStack();
    new OriginalsBucket(stack, 'Originals');

    Template.fromStack(stack).hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    });
  });

  it('refuses requests without TLS 1.2', () => {
    const stack = constructStack();
    new OriginalsBucket(stack, 'Originals');

    const [policy] = Object.values(Template.fromStack(stack).findResources('AWS::S3::BucketPolicy'));
    const denials = policy?.Properties.PolicyDocument.Statement.map((one: { Effect: string; Condition: unknown }) => [
      one.Effect,
      one.Condition,
    ]);
    expect(denials).toEqual([
      ['Deny', { Bool: { 'aws:SecureTransport': 'false' } }],
      ['Deny', { NumericLessThan: { 's3:TlsVersion': 1.2 } }],
    ]);
  });

  it('tells EventBridge about objects without a function of the CDK for it', () => {
    const stack = constructStack();
    new OriginalsBucket(stack, 'Originals');

    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::S3::Bucket', {
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
    template.resourceCountIs('AWS::Lambda::Function', 0);
  });

  it('ends uploads in flight and ZIPs after a day and fetched files after a month, the stored versions of them too', () => {
    const stack = constructStack();
    new OriginalsBucket(stack, 'Originals');

    Template.fromStack(stack).hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: [
          {
            Prefix: 'uploads/',
            ExpirationInDays: 1,
            NoncurrentVersionExpiration: { NoncurrentDays: 1 },
            Status: 'Enabled',
          },
          {
            Prefix: 'fetched/',
            ExpirationInDays: 30,
            NoncurrentVersionExpiration: { NoncurrentDays: 1 },
            Status: 'Enabled',
          },
          {
            Prefix: 'zips/',
            ExpirationInDays: 1,
            NoncurrentVersionExpiration: { NoncurrentDays: 1 },
            Status: 'Enabled',
          },
          { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' },
        ],
      },
    });
  });

  it('takes parts that a URL is signed for from browsers of any site, and lets them do nothing else', () => {
    const stack = constructStack();
    new OriginalsBucket(stack, 'Originals');

    Template.fromStack(stack).hasResourceProperties('AWS::S3::Bucket', {
      CorsConfiguration: {
        CorsRules: [
          { AllowedMethods: ['PUT', 'POST'], AllowedOrigins: ['*'], AllowedHeaders: Match.not(Match.arrayWith(['*'])) },
        ],
      },
    });
  });

  it.each([
    ['grantRead', 's3:GetObject'],
    ['grantReadWrite', ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject']],
    ['grantParts', ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject']],
  ] as const)('gives by %s rights below media/ and the name, together', (grant, actions) => {
    const stack = constructStack();
    const originals = new OriginalsBucket(stack, 'Originals');

    originals[grant](granteeIn(stack));

    expect(grantedIn(stack)).toEqual([
      { Effect: 'Allow', Action: actions, Resource: stack.resolve(originals.bucket.arnForObjects('media/*')) },
    ]);
    expect(environmentIn(stack)).toEqual({ VITRINE_ORIGINALS_BUCKET: stack.resolve(originals.bucket.bucketName) });
  });

  it('has forms sent below uploads/, and originals made of what they bring', () => {
    const stack = constructStack();
    const originals = new OriginalsBucket(stack, 'Originals');
    const below = (prefix: string) => stack.resolve(originals.bucket.arnForObjects(`${prefix}/*`));

    const fn = granteeIn(stack);
    originals.grantForms(fn);
    originals.grantKeepForms(fn);

    expect(grantedIn(stack)).toEqual([
      { Effect: 'Allow', Action: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'], Resource: below('uploads') },
      { Effect: 'Allow', Action: ['s3:AbortMultipartUpload', 's3:PutObject'], Resource: below('media') },
    ]);
  });
});
