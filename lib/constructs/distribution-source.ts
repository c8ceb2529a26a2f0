import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Who may call on CloudFront's behalf: the account's own distributions. Without a source, any distribution of anybody
 * could be pointed here (the confused deputy).
 */
export interface DistributionSource {
  readonly sourceAccount: string;
  readonly sourceArn: string;
}

/**
 * Every distribution of the account, by pattern: the one we mean is in another stack, which needs this one first.
 */
export function distributionsOf(scope: Construct): DistributionSource {
  const { account, partition } = Stack.of(scope);
  return { sourceAccount: account, sourceArn: `arn:${partition}:cloudfront::${account}:distribution/*` };
}
