import { describe, expect, it } from 'vitest';
import type { KeptResource, KeptStacks } from './kept-resources.ts';
import { lossesBetween } from './losses.ts';

const TABLE: KeptResource = {
  type: 'AWS::DynamoDB::GlobalTable',
  deletionPolicy: 'RetainExceptOnCreate',
  lasting: { KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] },
};

const stack = (resource: KeptResource | undefined, more: Partial<KeptStacks[string]> = {}): KeptStacks => ({
  home: { resources: resource ? { Table: resource } : {}, outputs: [], exports: {}, ...more },
});

describe('what an update would lose', () => {
  it('is nothing when all is as it was, or more came', () => {
    const after = stack(TABLE, { outputs: ['New'], resources: { Table: TABLE, Other: TABLE } });

    expect(lossesBetween(stack(TABLE), after)).toEqual([]);
  });

  it.each([
    ['a resource that is gone', undefined, 'Table (AWS::DynamoDB::GlobalTable) is gone, or has another logical id.'],
    [
      'another type',
      { ...TABLE, type: 'AWS::DynamoDB::Table' },
      'Table was AWS::DynamoDB::GlobalTable and is AWS::DynamoDB::Table.',
    ],
    [
      'another value of what replaces',
      { ...TABLE, lasting: { KeySchema: [] } },
      'Table (AWS::DynamoDB::GlobalTable) would be replaced, or its update fail, because KeySchema changes.',
    ],
    [
      'a name that comes to what had none',
      { ...TABLE, lasting: { ...TABLE.lasting, TableName: 'library' } },
      'Table (AWS::DynamoDB::GlobalTable) would be replaced, or its update fail, because TableName changes.',
    ],
    [
      'a resource that goes with its stack',
      { ...TABLE, deletionPolicy: 'Delete' },
      'Table (AWS::DynamoDB::GlobalTable) no longer outlives its stack.',
    ],
  ])('is told of %s', (_, after, loss) => {
    expect(lossesBetween(stack(TABLE), stack(after))).toEqual([`home: ${loss}`]);
  });

  it('is told of stacks, outputs and exports', () => {
    const before = stack(TABLE, { outputs: ['Host'], exports: { Host: 'host' } });

    expect(lossesBetween(before, {})).toEqual(['home: the stack is gone.']);
    expect(lossesBetween(before, stack(TABLE, { exports: { Host: 'other' } }))).toEqual([
      'home: the output Host is gone.',
      'home: the export of Host has another name.',
    ]);
  });
});
