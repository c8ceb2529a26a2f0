import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { EdgeParameter, grantEdge } from '../../../../lib/constructs/edge/edge-parameter.ts';
import { constructStack, environmentIn, grantedIn, granteeIn } from '../../construct-stack.ts';

describe('the edge parameter', () => {
  it('is the description of the edge as JSON, under the name that regions know', () => {
    const stack = constructStack();
    new EdgeParameter(stack, 'Edge', {
      distributionId: 'E123',
      mediaHost: 'media.example.com',
      settingsStoreArn: 'arn:store',
      accessRuleGroupArn: 'arn:group',
    });

    Template.fromStack(stack).hasResourceProperties('AWS::SSM::Parameter', {
      Name: '/vitrine/edge',
      Type: 'String',
      Value:
        '{"distributionId":"E123","mediaHost":"media.example.com","settingsStoreArn":"arn:store","accessRuleGroupArn":"arn:group"}',
    });
  });

  it('gives by grantEdge the parameter in us-east-1, invalidations, and the name', () => {
    const stack = constructStack();
    const account = { Ref: 'AWS::AccountId' };

    grantEdge(granteeIn(stack));

    expect(grantedIn(stack)).toEqual([
      {
        Effect: 'Allow',
        Action: 'ssm:GetParameter',
        Resource: { 'Fn::Join': ['', ['arn:aws:ssm:us-east-1:', account, ':parameter/vitrine/edge']] },
      },
      {
        Effect: 'Allow',
        Action: ['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'],
        Resource: { 'Fn::Join': ['', ['arn:aws:cloudfront::', account, ':distribution/*']] },
      },
    ]);
    expect(environmentIn(stack)).toEqual({ VITRINE_EDGE_PARAMETER: '/vitrine/edge' });
  });
});
