import { Template } from 'aws-cdk-lib/assertions';
import { describe, it } from 'vitest';
import { EdgeParameter } from '../../../../lib/constructs/edge/edge-parameter.ts';
import { constructStack } from '../../construct-stack.ts';

describe('the edge parameter', () => {
  it('is the description of the edge as JSON, under the name that regions know', () => {
    const stack = constructStack();
    new EdgeParameter(stack, 'Edge', {
      deployment: 'vitrine',
      distributionId: 'E123',
      mediaHost: 'media.example.com',
      apiHosts: { 'eu-west-1': 'api.example.com' },
      settingsStoreArn: 'arn:store',
      accessRuleGroupArn: 'arn:group',
    });

    Template.fromStack(stack).hasResourceProperties('AWS::SSM::Parameter', {
      Name: '/vitrine/edge',
      Type: 'String',
      Value:
        '{"distributionId":"E123","mediaHost":"media.example.com","apiHosts":{"eu-west-1":"api.example.com"},"settingsStoreArn":"arn:store","accessRuleGroupArn":"arn:group"}',
    });
  });
});
