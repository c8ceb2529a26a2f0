import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { AccountsTable } from '../../../../lib/constructs/accounts/accounts-table.ts';
import { constructStack, environmentIn, grantedIn, granteeIn } from '../../construct-stack.ts';

const HOME = { deployment: 'vitrine', homeRegion: 'eu-west-1' };

describe('the accounts table', () => {
  it('has keys like the library table, is recoverable and outlives its stack', () => {
    const stack = constructStack();
    new AccountsTable(stack, 'Accounts', HOME);

    Template.fromStack(stack).hasResource('AWS::DynamoDB::GlobalTable', {
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        TableName: 'vitrine-accounts',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        Replicas: [
          {
            Region: 'eu-west-1',
            DeletionProtectionEnabled: false,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          },
        ],
      },
    });
  });

  it('is in the home region alone; functions elsewhere reach it there', () => {
    const stack = constructStack();
    const accounts = new AccountsTable(stack, 'Accounts', { ...HOME, homeRegion: 'us-west-2' });

    accounts.grantRead(granteeIn(stack));

    Template.fromStack(stack).resourceCountIs('AWS::DynamoDB::GlobalTable', 0);
    expect(grantedIn(stack)).toEqual([
      {
        Effect: 'Allow',
        Action: ['dynamodb:GetItem', 'dynamodb:Query'],
        Resource: stack.resolve(`arn:${stack.partition}:dynamodb:us-west-2:${stack.account}:table/vitrine-accounts`),
      },
    ]);
    expect(environmentIn(stack)).toEqual({
      VITRINE_ACCOUNTS_TABLE: 'vitrine-accounts',
      VITRINE_ACCOUNTS_REGION: 'us-west-2',
    });
  });

  it('gives by grantReadWrite everything but scans', () => {
    const stack = constructStack();
    new AccountsTable(stack, 'Accounts', HOME).grantReadWrite(granteeIn(stack));

    expect(grantedIn(stack).map(({ Action }) => Action)).toEqual([
      [
        'dynamodb:ConditionCheckItem',
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
      ],
    ]);
  });
});
