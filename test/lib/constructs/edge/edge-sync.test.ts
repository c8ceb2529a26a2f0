import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { AccountsTable } from '../../../../lib/constructs/accounts/accounts-table.ts';
import { CredentialsSecret } from '../../../../lib/constructs/accounts/credentials-secret.ts';
import { EdgeCallers } from '../../../../lib/constructs/edge/edge-callers.ts';
import { EdgeSync } from '../../../../lib/constructs/edge/edge-sync.ts';
import { constructStack, environmentIn, grantedIn } from '../../construct-stack.ts';
import { fixtureCode } from '../../fixture-code.ts';

function syncStack() {
  const stack = constructStack();
  const accounts = new AccountsTable(stack, 'Accounts', { deployment: 'vitrine', homeRegion: 'eu-west-1' });
  const credentials = new CredentialsSecret(stack, 'Credentials');
  const edgeCallers = new EdgeCallers(stack, 'EdgeCallers', { deployment: 'vitrine' });
  new EdgeSync(stack, 'EdgeSync', { code: fixtureCode().handler('sync-edge'), accounts, credentials, edgeCallers });
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

  it('reads the accounts, the signing keys and where the edge is; the edge stack gives it the rest', () => {
    const stack = syncStack();

    expect(grantedIn(stack).flatMap(({ Action }) => Action)).toEqual([
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'secretsmanager:GetSecretValue',
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
