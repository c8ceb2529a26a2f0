import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { templatesOf, vitrineApp } from '../../vitrine-fixture.ts';

const people = { mailFrom: 'vitrine@example.com', hosts: ['api.example.com'] };

describe('the way in without a sign-in', () => {
  it('is open to a role that may do nothing else, with a second factor, and each use is an alarm', () => {
    const { region } = templatesOf(vitrineApp({ vitrine: { people } }));

    region.hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'vitrine-break-glass',
      MaxSessionDuration: 3600,
      AssumeRolePolicyDocument: {
        Statement: [{ Action: 'sts:AssumeRole', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }],
      },
    });
    const policies = Object.values(region.findResources('AWS::IAM::Policy')).filter(({ Properties }) =>
      JSON.stringify(Properties.Roles).includes('BreakGlassCaller'),
    );
    expect(policies.map(({ Properties }) => Properties.PolicyDocument.Statement)).toEqual([
      [{ Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: expect.anything() }],
    ]);
    region.hasResourceProperties('AWS::Lambda::Function', { FunctionName: 'vitrine-break-glass' });
    region.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'Invocations',
      Threshold: 1,
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
      Dimensions: [{ Name: 'FunctionName', Value: Match.anyValue() }],
    });
  });

  it('is not there in a deployment without people', () => {
    const { region } = templatesOf(vitrineApp({ vitrine: {} }));

    expect(JSON.stringify(Template.fromJSON(region.toJSON()).toJSON())).not.toContain('break-glass');
  });
});
