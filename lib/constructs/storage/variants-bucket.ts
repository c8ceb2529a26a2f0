import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Effect, Grant, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';
import { distributionsOf } from '../distribution-source.ts';

export interface VariantsBucketProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  /** Days from when a variant was made to when it goes. */
  readonly days: number;
}

/**
 * Name of a region's variants bucket. It is known beforehand, because the edge stack reads the bucket while the region's
 * stack lets it: with a generated name the two stacks would need each other.
 */
export function variantsBucketName(deployment: string, region: string): string {
  return `${deployment}-variants-${Aws.ACCOUNT_ID}-${region}`;
}

/** The bucket from which the CDN serves finished variants. All of it can be made again from the originals. */
export class VariantsBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: VariantsBucketProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      bucketName: variantsBucketName(props.deployment, Stack.of(this).region),
      removalPolicy: RemovalPolicy.DESTROY,
      lifecycleRules: [
        {
          id: 'made-long-ago',
          expiration: Duration.days(props.days),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
    this.#letDistributionsRead();
  }

  /** Lets a function store variants, read them back and take them away. */
  grantStore(fn: LambdaFunction): void {
    this.#grant(fn, ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'], [this.bucket.arnForObjects('*')]);
  }

  /** Lets a function find and delete variants, not read them. */
  grantPurge(fn: LambdaFunction): void {
    this.#grant(fn, ['s3:ListBucket'], [this.bucket.bucketArn]);
    this.#grant(fn, ['s3:DeleteObject'], [this.bucket.arnForObjects('*')]);
  }

  #grant(fn: LambdaFunction, actions: string[], resourceArns: string[]): void {
    Grant.addToPrincipal({ grantee: fn, actions, resourceArns }).assertSuccess();
    fn.addEnvironment(ENVIRONMENT.variantsBucket, this.bucket.bucketName);
  }

  /** No ListBucket: S3 then answers 403 for a missing key, and the transformer alone judges what is not there. */
  #letDistributionsRead(): void {
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
        actions: ['s3:GetObject'],
        resources: [this.bucket.arnForObjects('*')],
        conditions: { ArnLike: { 'aws:SourceArn': distributionsOf(this).sourceArn } },
      }),
    );
  }
}
