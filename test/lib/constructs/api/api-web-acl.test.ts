import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { ApiWebAcl } from '../../../../lib/constructs/api/api-web-acl.ts';
import { constructStack } from '../../construct-stack.ts';

it('the web ACL of the API stops floods and known attacks, and looks at no size of a body', () => {
  const stack = constructStack();
  new ApiWebAcl(stack, 'ApiWebAcl');
  const [acl] = Object.values(Template.fromStack(stack).findResources('AWS::WAFv2::WebACL'));

  expect(acl?.Properties.Scope).toBe('CLOUDFRONT');
  expect(acl?.Properties.DefaultAction).toEqual({ Allow: {} });
  expect(acl?.Properties.Rules.map(({ Name }: { Name: string }) => Name)).toEqual([
    'RatePerAddress',
    'AWSManagedRulesAmazonIpReputationList',
    'AWSManagedRulesKnownBadInputsRuleSet',
  ]);
  expect(acl?.Properties.Rules[0]).toMatchObject({
    Action: { Block: {} },
    Statement: { RateBasedStatement: { AggregateKeyType: 'IP', EvaluationWindowSec: 300, Limit: 15_000 } },
  });
});
