import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { LibraryFollower } from '../../../../lib/constructs/api/library-follower.ts';
import { LibraryTable } from '../../../../lib/constructs/storage/library-table.ts';
import { constructStack, environmentIn } from '../../construct-stack.ts';
import { fixtureCode } from '../../fixture-code.ts';

function followerStack() {
  const stack = constructStack();
  const library = new LibraryTable(stack, 'Library');
  new LibraryFollower(stack, 'Follower', { code: fixtureCode().handler('follow-library'), library });
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

  it('knows the library table, and nothing else', () => {
    expect(Object.keys(environmentIn(followerStack()))).toEqual(['VITRINE_LIBRARY_TABLE']);
  });
});
