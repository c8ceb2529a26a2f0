import { Stack } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { EDGE_REGION } from '../../lambda/contract/edge.ts';

/** Name of the rule group whose rules the API keeps; its IP sets begin with the same. */
export const accessRuleGroupName = (deployment: string): string => `${deployment}-access-rules`;

/**
 * Lets a function keep the address and country rules of the web ACL: the rules of one rule group, and the IP sets that
 * these refer to. No right on the web ACL itself.
 */
export function grantAccessRules(fn: LambdaFunction, deployment: string): void {
  const { account, partition } = Stack.of(fn);
  const name = accessRuleGroupName(deployment);
  const global = `arn:${partition}:wafv2:${EDGE_REGION}:${account}:global`;
  const grant = (actions: string[], resourceArns: string[]): void =>
    Grant.addToPrincipal({ grantee: fn, actions, resourceArns }).assertSuccess();
  const sets = `${global}/ipset/${name}-*/*`;
  grant(['wafv2:GetRuleGroup'], [`${global}/rulegroup/${name}/*`]);
  grant(['wafv2:UpdateRuleGroup'], [`${global}/rulegroup/${name}/*`, sets]);
  grant(['wafv2:CreateIPSet', 'wafv2:GetIPSet', 'wafv2:UpdateIPSet'], [sets]);
  // Takes no resource (Service Authorization Reference, "AWS WAF V2"); it shows names and ids of sets.
  grant(['wafv2:ListIPSets'], ['*']);
}
