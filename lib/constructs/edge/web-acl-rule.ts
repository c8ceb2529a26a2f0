import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';

/** A rule before it has its place: priorities are the order of the list. */
export type WebAclRule = Omit<CfnWebACL.RuleProperty, 'priority' | 'visibilityConfig'>;
