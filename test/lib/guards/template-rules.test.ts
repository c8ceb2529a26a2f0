import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnPermission, Code, FunctionUrlAuthType, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import { OriginalsBucket } from '../../../lib/constructs/storage/originals-bucket.ts';
import { TEMPLATE_RULES } from '../../../lib/guards/template-rules.ts';
import { constructStack, granteeIn } from '../construct-stack.ts';

/** Rules that a stack breaks, each with the kinds of its offenders. */
function broken(stack: Stack): Record<string, string[]> {
  const template = Template.fromStack(stack).toJSON();
  return Object.fromEntries(
    TEMPLATE_RULES.map((rule): [string, string[]] => [
      rule.name,
      rule.offenders(template).map(({ Type }) => Type),
    ]).filter(([, types]) => types.length > 0),
  );
}

/** A stack without our defaults. */
function plainStack(): Stack {
  return new Stack(new App({ builtinCloudFormationValidation: false, analyticsReporting: false }), 'Plain');
}

const goodBucket = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  encryption: BucketEncryption.S3_MANAGED,
  enforceSSL: true,
};

describe('our own rules', () => {
  it('have nothing against a bucket and a function with our defaults', () => {
    const stack = constructStack();
    new OriginalsBucket(stack, 'Originals').grantRead(granteeIn(stack));

    expect(broken(stack)).toEqual({});
  });

  it('see a bucket that is neither private nor TLS only nor encrypted', () => {
    const stack = plainStack();
    new CfnBucket(stack, 'Bucket', {
      publicAccessBlockConfiguration: { blockPublicAcls: true, ignorePublicAcls: true },
    });

    expect(broken(stack)).toEqual({
      'bucket-private': ['AWS::S3::Bucket'],
      'bucket-encrypted': ['AWS::S3::Bucket'],
      'bucket-tls-only': ['AWS::S3::Bucket'],
    });
  });

  it('see a table and a queue that are not encrypted with a key one can see in use', () => {
    const stack = plainStack();
    new TableV2(stack, 'Table', { partitionKey: { name: 'pk', type: AttributeType.STRING } });
    new CfnQueue(stack, 'Queue');
    new CfnQueue(stack, 'Plain', { sqsManagedSseEnabled: false });
    new CfnQueue(stack, 'Encrypted', { sqsManagedSseEnabled: true });

    expect(broken(stack)).toEqual({
      'table-encrypted': ['AWS::DynamoDB::GlobalTable'],
      'queue-encrypted': ['AWS::SQS::Queue', 'AWS::SQS::Queue'],
    });
  });

  it('do not take one bucket’s TLS policy for another’s', () => {
    const stack = plainStack();
    new Bucket(stack, 'Good', goodBucket);
    new Bucket(stack, 'Bad', { ...goodBucket, enforceSSL: false });

    expect(broken(stack)).toEqual({ 'bucket-tls-only': ['AWS::S3::Bucket'] });
  });

  it.each([RetentionDays.INFINITE, RetentionDays.ONE_YEAR, RetentionDays.ONE_WEEK])(
    'see a log group that keeps its lines for %s days',
    (retention) => {
      const stack = plainStack();
      new LogGroup(stack, 'Logs', { retention });

      expect(broken(stack)).toEqual({ 'log-group-90-days': ['AWS::Logs::LogGroup'] });
    },
  );

  it('see a policy that lets everybody in', () => {
    const stack = plainStack();
    const bucket = new Bucket(stack, 'Bucket', goodBucket);
    bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [new AnyPrincipal()],
        actions: ['s3:GetObject'],
        resources: [bucket.arnForObjects('*')],
      }),
    );

    expect(broken(stack)).toEqual({ 'no-open-principal': ['AWS::S3::BucketPolicy'] });
  });

  it('accept everybody under a condition', () => {
    const stack = plainStack();
    const bucket = new Bucket(stack, 'Bucket', goodBucket);
    bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [new AnyPrincipal()],
        actions: ['s3:GetObject'],
        resources: [bucket.arnForObjects('*')],
        conditions: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
      }),
    );

    expect(broken(stack)).toEqual({});
  });

  it('see a function URL that asks for no signature, and the permission that comes with it', () => {
    const stack = plainStack();
    const fn = new LambdaFunction(stack, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => {}'),
    });
    fn.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });

    expect(broken(stack)).toMatchObject({
      'function-url-iam': ['AWS::Lambda::Url'],
      'permission-with-source': expect.arrayContaining(['AWS::Lambda::Permission']),
    });
  });

  it('see a permission of a service without a source', () => {
    const stack = plainStack();
    new CfnPermission(stack, 'Permission', {
      functionName: 'transformer',
      action: 'lambda:InvokeFunction',
      principal: 'cloudfront.amazonaws.com',
    });

    expect(broken(stack)).toEqual({ 'permission-with-source': ['AWS::Lambda::Permission'] });
  });
});
