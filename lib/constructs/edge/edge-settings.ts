import { Stack } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';

/** Lets a function keep the edge's settings. The store is made after the regions, so its id is not known to them. */
export function grantEdgeSettings(fn: LambdaFunction): void {
  const { account, partition } = Stack.of(fn);
  Grant.addToPrincipal({
    grantee: fn,
    actions: [
      'cloudfront-keyvaluestore:DescribeKeyValueStore',
      'cloudfront-keyvaluestore:ListKeys',
      'cloudfront-keyvaluestore:UpdateKeys',
    ],
    resourceArns: [`arn:${partition}:cloudfront::${account}:key-value-store/*`],
  }).assertSuccess();
}
