import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { AccessRuleGroup } from '../../../../lib/constructs/edge/access-rule-group.ts';
import { constructStack } from '../../construct-stack.ts';
import { fixtureCode } from '../../fixture-code.ts';
import { templatesOf, vitrineApp } from '../../vitrine-fixture.ts';

function groupOf(capacity: number) {
  const stack = constructStack();
  new AccessRuleGroup(stack, 'AccessRules', {
    deployment: 'pictures',
    code: fixtureCode().handler('keep-access-rules'),
    group: {
      capacity,
      visibilityConfig: { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName: 'AccessRules' },
    },
  });
  const [[id = '', group] = []] = Object.entries(Template.fromStack(stack).findResources('AWS::WAFv2::RuleGroup'));
  return { id, name: group?.Properties.Name };
}

describe('the group of access rules', () => {
  it('stays the same as long as its template does', () => {
    expect(groupOf(50)).toEqual(groupOf(50));
  });

  it('is another resource under another name after a change, so that no update empties it', () => {
    const [before, after] = [groupOf(50), groupOf(51)];

    expect(after.id).not.toBe(before.id);
    expect(after.name).not.toBe(before.name);
  });

  it('is filled before the web ACL refers to it, and outlives that', () => {
    const { edge } = templatesOf(vitrineApp());
    const [acl] = Object.values(edge.findResources('AWS::WAFv2::WebACL'));
    const [[id = '', filled] = []] = Object.entries(edge.findResources('AWS::CloudFormation::CustomResource'));
    const [group] = Object.keys(edge.findResources('AWS::WAFv2::RuleGroup'));

    expect(acl?.DependsOn).toContain(id);
    expect(filled?.Properties).toMatchObject({
      GroupArn: { 'Fn::GetAtt': [group, 'Arn'] },
      SetNames: 'vitrine-access-rules-',
    });
  });
});
