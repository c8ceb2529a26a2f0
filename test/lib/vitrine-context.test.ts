import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { noteDeployed } from '../../lib/vitrine-context.ts';
import { temporaryFolder } from '../temporary-folders.ts';
import { vitrineApp } from './vitrine-fixture.ts';

/** Whether the tables of each region's stack cannot be deleted. */
function protectedTables(context: Record<string, unknown>): boolean[] {
  const app = vitrineApp({ vitrine: { regions: ['eu-west-1', 'us-west-2'] }, ...context });
  return app.regions.map((stack) => {
    const tables = Object.values(Template.fromStack(stack).findResources('AWS::DynamoDB::GlobalTable'));
    const states = new Set(tables.map(({ Properties }) => Properties.Replicas[0].DeletionProtectionEnabled));
    expect(states.size).toBe(1);
    return [...states][0];
  });
}

describe('tables', () => {
  it('have no deletion protection in the first deployment of their stack, which may have to be taken back', () => {
    expect(protectedTables({})).toEqual([false, false]);
  });

  it('have it from the second deployment on, each region for itself', () => {
    expect(protectedTables({ 'vitrine:deployed': ['vitrine-eu-west-1'] })).toEqual([true, false]);
  });
});

describe('the note of deployed stacks', () => {
  it('is new once, and leaves alone what the CDK keeps beside it', () => {
    const root = temporaryFolder('context');
    const file = join(root, 'cdk.context.json');
    writeFileSync(file, '{"availability-zones":["a"]}');

    expect(noteDeployed(root, ['vitrine-eu-west-1'])).toBe(true);
    expect(noteDeployed(root, ['vitrine-eu-west-1'])).toBe(false);
    expect(noteDeployed(root, ['vitrine-us-west-2'])).toBe(true);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      'availability-zones': ['a'],
      'vitrine:deployed': ['vitrine-eu-west-1', 'vitrine-us-west-2'],
    });
  });
});
