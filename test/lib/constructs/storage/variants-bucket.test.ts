import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { VariantsBucket } from '../../../../lib/constructs/storage/variants-bucket.ts';
import type { Statement } from '../../construct-stack.ts';
import { constructStack, environmentIn, grantedIn, granteeIn } from '../../construct-stack.ts';

const account = { Ref: 'AWS::AccountId' };

describe('the variants bucket', () => {
  it('has a name that the edge knows beforehand', () => {
    const stack = constructStack();
    new VariantsBucket(stack, 'Variants', { deployment: 'vitrine', days: 90 });

    Template.fromStack(stack).hasResourceProperties('AWS::S3::Bucket', {
      BucketName: { 'Fn::Join': ['', ['vitrine-variants-', account, '-eu-west-1']] },
    });
  });

  it('lets in the account’s own distributions, to read objects and no more', () => {
    const stack = constructStack();
    const variants = new VariantsBucket(stack, 'Variants', { deployment: 'vitrine', days: 90 });

    const [policy] = Object.values(Template.fromStack(stack).findResources('AWS::S3::BucketPolicy'));
    const allowed = policy?.Properties.PolicyDocument.Statement.filter((one: Statement) => one.Effect === 'Allow');
    expect(allowed).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Action: 's3:GetObject',
        Resource: stack.resolve(variants.bucket.arnForObjects('*')),
        Condition: {
          ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:aws:cloudfront::', account, ':distribution/*']] } },
        },
      },
    ]);
  });

  it('gives by grantStore what the transformer needs, and the name', () => {
    const stack = constructStack();
    const variants = new VariantsBucket(stack, 'Variants', { deployment: 'vitrine', days: 90 });

    variants.grantStore(granteeIn(stack));

    expect(grantedIn(stack).map(({ Action }) => Action)).toEqual([['s3:DeleteObject', 's3:GetObject', 's3:PutObject']]);
    expect(environmentIn(stack)).toEqual({ VITRINE_VARIANTS_BUCKET: stack.resolve(variants.bucket.bucketName) });
  });

  it('gives by grantPurge the right to list and delete, not to read', () => {
    const stack = constructStack();
    const variants = new VariantsBucket(stack, 'Variants', { deployment: 'vitrine', days: 90 });

    variants.grantPurge(granteeIn(stack));

    expect(grantedIn(stack).map(({ Action, Resource }) => [Action, Resource])).toEqual([
      ['s3:ListBucket', stack.resolve(variants.bucket.bucketArn)],
      ['s3:DeleteObject', stack.resolve(variants.bucket.arnForObjects('*'))],
    ]);
    expect(environmentIn(stack)).toHaveProperty('VITRINE_VARIANTS_BUCKET');
  });
});
