import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { AccountsTable } from '../../../../lib/constructs/accounts/accounts-table.ts';
import { CredentialsSecret } from '../../../../lib/constructs/accounts/credentials-secret.ts';
import { EdgeSync } from '../../../../lib/constructs/edge/edge-sync.ts';
import { constructStack, environmentIn, grantedIn } from '../../construct-stack.ts';
import { fixtureCode } from '../../fixture-code.ts';

function syncStack() {
  const stack = constructStack();
  const accounts = new AccountsTable(stack, 'Accounts', { deployment: 'vitrine', homeRegion: 'eu-west-1' });
  const credentials = new CredentialsSecret(stack, 'Credentials');
  new EdgeSync(stack, 'EdgeSync', { code: fixtureCode().handler('sync-edge'), accounts, credentials });
  return stack;
}

describe('the publication to the edge', () => {
  it('runs every minute and is not tried again: the next minute does the same', () => {
    const template = Template.fromStack(syncStack());

    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 minute)',
      Targets: [{ RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 } }],
    });
    template.hasResourceProperties('AWS::Lambda::Function', { Timeout: 50 });
  });

  it('reads the accounts and the signing keys, and writes settings of the edge and access rules alone', () => {
    const stack = syncStack();

    expect(grantedIn(stack).flatMap(({ Action }) => Action)).toEqual([
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'secretsmanager:GetSecretValue',
      'wafv2:GetRuleGroup',
      'wafv2:UpdateRuleGroup',
      'wafv2:CreateIPSet',
      'wafv2:GetIPSet',
      'wafv2:UpdateIPSet',
      'cloudfront-keyvaluestore:DescribeKeyValueStore',
      'cloudfront-keyvaluestore:ListKeys',
      'cloudfront-keyvaluestore:UpdateKeys',
      'ssm:GetParameter',
    ]);
    expect(Object.keys(environmentIn(stack)).sort()).toEqual([
      'VITRINE_ACCOUNTS_REGION',
      'VITRINE_ACCOUNTS_TABLE',
      'VITRINE_CREDENTIALS_SECRET',
      'VITRINE_EDGE_PARAMETER',
    ]);
  });
});
