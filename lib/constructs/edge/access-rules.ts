import { Stack } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { EDGE_REGION } from '../../../lambda/contract/edge.ts';

/** Name of the rule group whose rules the API keeps; its IP sets begin with the same. Like the edge parameter, there is one in an account. */
export const ACCESS_RULE_GROUP = 'vitrine-access-rules';

/**
 * Lets a function keep the address and country rules of the web ACL: the rules of one rule group, and the IP sets that
 * these refer to. No right on the web ACL itself.
 */
export function grantAccessRules(fn: LambdaFunction): void {
  const { account, partition } = Stack.of(fn);
  const global = `arn:${partition}:wafv2:${EDGE_REGION}:${account}:global`;
  const grant = (actions: string[], resourceArns: string[]): void =>
    Grant.addToPrincipal({ grantee: fn, actions, resourceArns }).assertSuccess();
  const sets = `${global}/ipset/${ACCESS_RULE_GROUP}-*/*`;
  grant(['wafv2:GetRuleGroup'], [`${global}/rulegroup/${ACCESS_RULE_GROUP}/*`]);
  grant(['wafv2:UpdateRuleGroup'], [`${global}/rulegroup/${ACCESS_RULE_GROUP}/*`, sets]);
  grant(['wafv2:CreateIPSet', 'wafv2:GetIPSet', 'wafv2:UpdateIPSet'], [sets]);
}
