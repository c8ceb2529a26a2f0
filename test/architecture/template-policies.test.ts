import { describe, expect, it } from 'vitest';
import { objectsWithin } from '../../lib/guards/template.ts';
import { templatesOf, vitrineApp } from '../lib/vitrine-fixture.ts';

const { region, edge } = templatesOf(vitrineApp());

/** Statements of every policy document in both templates, however it is attached. */
const statements = [region, edge]
  .flatMap((template) => objectsWithin(template.toJSON().Resources))
  .filter((one) => 'Effect' in one && 'Action' in one);

const allowed = statements.filter(({ Effect }) => Effect === 'Allow');

/** In a key's own policy the resource is always the star, which means the key (AWS, "Key policies in AWS KMS"). */
const ofKeys = Object.values(region.findResources('AWS::KMS::Key')).flatMap(
  ({ Properties }) => Properties.KeyPolicy.Statement,
);

describe('policies', () => {
  it('are there to be looked at', () => {
    expect(allowed.length).toBeGreaterThan(20);
  });

  it('allow named actions only', () => {
    expect(allowed.flatMap(({ Action }) => Action).filter((action) => String(action).includes('*'))).toEqual([]);
  });

  it('allow nothing on everything', () => {
    const everything = allowed.filter(({ Resource }) => [Resource].flat().includes('*'));

    // AWS WAF and DynamoDB list and CloudWatch reads without a resource; they tell names and numbers.
    const withoutResource = ['wafv2:ListIPSets', 'cloudwatch:GetMetricData', 'dynamodb:ListStreams'];
    // Of the reader of logs: results of queries have no ARN, and a query is over log groups that are named.
    const ofQueries = ['logs:DescribeLogGroups', 'logs:GetLogRecord', 'logs:GetQueryResults', 'logs:StopQuery'];
    const known = [...withoutResource, ...ofQueries];
    const others = everything.filter(
      ({ Action }) => ![Action].flat().every((action) => known.includes(String(action))),
    );
    expect(others).toEqual(ofKeys);
    expect(ofKeys.map(({ Principal }) => JSON.stringify(Principal))).toEqual([
      expect.stringMatching(/^\{"AWS":.*:root/),
      expect.stringMatching(/^\{"AWS":.*:root/),
    ]);
  });

  it('come from us: no function has a role that AWS writes', () => {
    const roles = Object.values(region.findResources('AWS::IAM::Role'));

    expect(roles.filter(({ Properties }) => Properties.ManagedPolicyArns !== undefined)).toEqual([]);
  });
});

describe('the templates', () => {
  it('deploy no function of the CDK’s own, and custom resources call ours', () => {
    for (const template of [region, edge]) {
      const resources = Object.values<{ Type: string; Properties: Record<string, unknown> }>(
        template.toJSON().Resources,
      );
      expect(resources.filter(({ Type }) => /^(Custom::|AWS::CDK::)/.test(Type))).toEqual([]);
      for (const { Properties } of Object.values(template.findResources('AWS::CloudFormation::CustomResource'))) {
        const [id] = Properties.ServiceToken['Fn::GetAtt'];
        expect(template.toJSON().Resources[id].Properties.Runtime).toBe('nodejs24.x');
      }
    }
    region.resourceCountIs('AWS::Lambda::Function', 10);
    edge.resourceCountIs('AWS::Lambda::Function', 2);
  });
});
