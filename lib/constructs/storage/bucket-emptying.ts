import type { CfnCustomResource } from 'aws-cdk-lib';
import { CustomResource, Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import { HandlerFunction } from '../handler-function.ts';

const TIMEOUT = Duration.minutes(15);
const MEMORY_MEGABYTES = 512;

export interface BucketEmptyingProps {
  readonly code: Code;
  readonly buckets: readonly Bucket[];
  /** Who writes into the buckets; gone before they are emptied. @default none */
  readonly writers?: readonly IConstruct[];
}

/**
 * Empties buckets when their stack is deleted; S3 deletes no bucket that has objects. Only for what may be lost. About
 * three million objects go in the 15 minutes of one run; with more, the deletion fails and is to be started again.
 */
export class BucketEmptying extends Construct {
  constructor(scope: Construct, id: string, { code, buckets, writers = [] }: BucketEmptyingProps) {
    super(scope, id);
    const { fn } = new HandlerFunction(this, 'Empty', {
      description: 'Empties buckets that are about to be deleted',
      code,
      memoryMegabytes: MEMORY_MEGABYTES,
      timeoutSeconds: TIMEOUT.toSeconds(),
    });
    const list = buckets.map(({ bucketArn }) => bucketArn);
    const objects = buckets.map((bucket) => bucket.arnForObjects('*'));
    fn.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucketVersions'], resources: list }));
    fn.addToRolePolicy(
      new PolicyStatement({ actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'], resources: objects }),
    );
    const resource = new CustomResource(this, 'Buckets', {
      serviceToken: fn.functionArn,
      properties: { Buckets: buckets.map(({ bucketName }) => bucketName) },
    });
    // Made after the policy and before the writers, so deleted in the opposite order.
    // The construct would write a text where CloudFormation wants a number.
    (resource.node.defaultChild as CfnCustomResource).addPropertyOverride('ServiceTimeout', TIMEOUT.toSeconds());
    if (fn.role) resource.node.addDependency(fn.role);
    for (const writer of writers) writer.node.addDependency(resource);
  }
}
