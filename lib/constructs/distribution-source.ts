import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Who may call on CloudFront's behalf: the account's own distributions. Without a source, any distribution of anybody
 * could be pointed here (the confused deputy). The ARN has the account in it. AWS shows no policy with
 * `aws:SourceAccount` for CloudFront ("Restrict access to an Amazon S3 origin", "Restrict access to an AWS Lambda function
 * URL origin"), so nothing rests on that key being there.
 */
export interface DistributionSource {
  readonly sourceArn: string;
}

/**
 * Every distribution of the account, by pattern: the one we mean is in another stack, which needs this one first.
 */
export function distributionsOf(scope: Construct): DistributionSource {
  const { account, partition } = Stack.of(scope);
  return { sourceArn: `arn:${partition}:cloudfront::${account}:distribution/*` };
}
