import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { AccountsTable } from '../../../../lib/constructs/accounts/accounts-table.ts';
import { LibraryFollower } from '../../../../lib/constructs/api/library-follower.ts';
import { EdgeCallers } from '../../../../lib/constructs/edge/edge-callers.ts';
import { LibraryTable } from '../../../../lib/constructs/storage/library-table.ts';
import { constructStack, grantedIn } from '../../construct-stack.ts';
import { fixtureCode } from '../../fixture-code.ts';
import { webhooksElsewhere } from '../../webhooks-elsewhere.ts';

function followerStack() {
  const stack = constructStack();
  const library = new LibraryTable(stack, 'Library');
  const accounts = new AccountsTable(stack, 'Accounts', { deployment: 'vitrine', homeRegion: 'eu-west-1' });
  new LibraryFollower(stack, 'Follower', {
    ...{ code: fixtureCode().handler('follow-library'), library, accounts },
    edgeCallers: new EdgeCallers(stack, 'EdgeCallers', { deployment: 'vitrine' }),
    webhooks: webhooksElsewhere(stack),
  });
  return stack;
}

describe('the function that follows the library', () => {
  it('halves a batch that fails, repeats it a bounded number of times, and has a queue for what was given up', () => {
    Template.fromStack(followerStack()).hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: 8,
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    });
  });

  it('is called for heads and for notes alone, so that the index it writes does not call it again', () => {
    Template.fromStack(followerStack()).hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FilterCriteria: {
        Filters: [
          { Pattern: JSON.stringify({ dynamodb: { Keys: { sk: { S: ['head'] } } } }) },
          {
            Pattern: JSON.stringify({ eventName: ['INSERT'], dynamodb: { Keys: { pk: { S: [{ prefix: 'out#' }] } } } }),
          },
        ],
      },
    });
  });

  it('of the accounts it may list webhooks, of the edge read what it is, of the queue send', () => {
    const granted = grantedIn(followerStack());

    const accounts = granted.filter(({ Resource }) => JSON.stringify(Resource).includes('vitrine-accounts'));
    expect(accounts.map(({ Action, Condition }) => [Action, Condition])).toEqual([
      ['dynamodb:Query', { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['webhooks', 'endpoints'] } }],
    ]);
    const others = granted.map(({ Action }) => String(Action)).filter((one) => !one.startsWith('dynamodb:'));
    expect(others.sort()).toEqual([
      // What is given up goes to a queue of its own.
      'sqs:GetQueueAttributes,sqs:GetQueueUrl,sqs:SendMessage',
      'sqs:SendMessage',
      'ssm:GetParameter',
    ]);
  });
});
