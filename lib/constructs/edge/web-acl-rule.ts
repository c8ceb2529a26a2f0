import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';

/** A rule before it has its place: priorities are the order of the list. */
export type WebAclRule = Omit<CfnWebACL.RuleProperty, 'priority' | 'visibilityConfig'>;

/** A rule group of AWS's own (AWS WAF, "AWS Managed Rules rule groups list"). */
export function managedRule(name: string, onlyCounted: readonly string[] = []): WebAclRule {
  const ruleActionOverrides = onlyCounted.map((rule) => ({ name: rule, actionToUse: { count: {} } }));
  return {
    name,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ...(ruleActionOverrides.length > 0 && { ruleActionOverrides }),
      },
    },
  };
}

export function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName };
}
