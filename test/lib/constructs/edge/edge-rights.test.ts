import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { templatesOf, vitrineApp } from '../../vitrine-fixture.ts';

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

const app = vitrineApp({ vitrine: { name: 'pictures', regions: ['eu-west-1', 'us-west-2'] } });
const { edge } = templatesOf(app);

/** Statements of the policy that the edge stack gives to a role of a region. */
function rightsOf(region: string, roleOutput: string): Statement[] {
  const policies = Object.values(edge.findResources('AWS::IAM::RolePolicy'));
  const found = policies.find(({ Properties }) => {
    const { StackName, OutputName } = Properties.RoleName['Fn::GetStackOutput'];
    return StackName === `pictures-${region}` && OutputName === roleOutput;
  });
  return found?.Properties.PolicyDocument.Statement ?? [];
}

const actionsOf = (statements: Statement[]) => statements.flatMap(({ Action }) => Action);

describe('rights at the edge', () => {
  it('are for this deployment’s distribution and store alone', () => {
    const statements = rightsOf('eu-west-1', 'ApiRole').filter(
      ({ Action }) => !JSON.stringify(Action).includes('wafv2'),
    );
    const [store] = Object.keys(edge.findResources('AWS::CloudFront::KeyValueStore'));

    expect(statements.map(({ Resource }) => Resource)).toEqual([
      { 'Fn::GetAtt': [store, 'Arn'] },
      { 'Fn::Join': ['', ['arn:aws:cloudfront::', { Ref: 'AWS::AccountId' }, ':distribution/', expect.anything()]] },
    ]);
    expect(JSON.stringify(statements)).not.toContain('*');
  });

  it('let the publication write settings and rules, but invalidate nothing', () => {
    expect(actionsOf(rightsOf('eu-west-1', 'EdgeSyncRole'))).toEqual([
      'cloudfront-keyvaluestore:DescribeKeyValueStore',
      'cloudfront-keyvaluestore:ListKeys',
      'cloudfront-keyvaluestore:UpdateKeys',
      'wafv2:GetRuleGroup',
      'wafv2:UpdateRuleGroup',
      'wafv2:CreateIPSet',
      'wafv2:GetIPSet',
      'wafv2:UpdateIPSet',
    ]);
  });

  it.each(['PurgesRole', 'UploadsRole'])('let %s of every region invalidate, and no more', (role) => {
    for (const region of ['eu-west-1', 'us-west-2']) {
      expect(actionsOf(rightsOf(region, role))).toEqual([
        'cloudfront:CreateInvalidation',
        'cloudfront:GetInvalidation',
      ]);
    }
  });

  it('are given to roles whose names the regions tell', () => {
    for (const stack of app.regions) {
      const outputs = Object.keys(Template.fromStack(stack).toJSON().Outputs);
      expect(outputs).toEqual(expect.arrayContaining(['ApiRole', 'PurgesRole', 'UploadsRole']));
    }
  });
});

it('what watches another region may flip its switch, and nothing else', () => {
  const destinations = { 'eu-west-1': { bucket: 'acme', region: 'us-west-2' }, 'us-west-2': { bucket: 'west' } };
  const watched = vitrineApp({
    vitrine: { regions: ['eu-west-1', 'us-west-2'], backup: { destinations }, automaticFailover: true },
  });
  const policies = Object.values(templatesOf(watched).edge.findResources('AWS::IAM::RolePolicy'));
  const own = policies.filter(({ Properties }) => JSON.stringify(Properties.RoleName).includes('RegionWatchRole'));

  expect(own).toHaveLength(2);
  for (const { Properties } of own) {
    expect(actionsOf(Properties.PolicyDocument.Statement)).toEqual([
      'cloudfront-keyvaluestore:DescribeKeyValueStore',
      'cloudfront-keyvaluestore:ListKeys',
      'cloudfront-keyvaluestore:UpdateKeys',
    ]);
  }
});
