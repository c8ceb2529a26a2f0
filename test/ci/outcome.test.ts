import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../architecture/sources.ts';
import { temporaryFolder } from '../temporary-folders.ts';

const passes = (fullName: string, ...failureMessages: string[]) => ({ fullName, status: 'passed', failureMessages });
const fails = (fullName: string, ...failureMessages: string[]) => ({ fullName, status: 'failed', failureMessages });

/** A file of tests in vitest's report. */
const file = (name: string, assertionResults: readonly { status: string }[], message = '') => ({
  ...{ name: join(ROOT, name), assertionResults, message },
  status: message !== '' || assertionResults.some(({ status }) => status === 'failed') ? 'failed' : 'passed',
});

/** @param testResults none: the tests ended without a report */
function outcome(testResults: readonly object[] | undefined, ...checks: readonly string[]) {
  const report = join(temporaryFolder('outcome'), 'tests.json');
  if (testResults) writeFileSync(report, JSON.stringify({ numPassedTests: 5, testResults }));
  const args = ['--disable-warning=ExperimentalWarning', '.ci/outcome.ts', report, ...checks];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  return { status, lines: stdout.trimEnd().split('\n') };
}

describe('the end of what CI prints', () => {
  it('is the counts alone when everything passed', () => {
    expect(outcome([file('test/a.test.ts', [passes('one')])], '3')).toEqual({
      status: 0,
      lines: ['8 passed, 0 failed'],
    });
  });

  it('names every check, test and file that failed, with the reason', () => {
    const tests = file('test/a.test.ts', [passes('one'), fails('two', 'Error: why')]);
    const broken = file('test/b.test.ts', [], 'its import failed');

    expect(outcome([tests, broken], '3', 'types')).toEqual({
      status: 1,
      lines: [
        '*** failed: types',
        '*** failed: test/a.test.ts > two',
        'Error: why',
        '*** failed: test/b.test.ts',
        'its import failed',
        '8 passed, 3 failed',
      ],
    });
  });

  it('names what passed at its second try only, and does not fail for it', () => {
    expect(outcome([file('test/a.test.ts', [passes('one', 'Error: too slow')])], '3')).toEqual({
      status: 0,
      lines: ['*** passed at the second try only: test/a.test.ts > one', 'Error: too slow', '8 passed, 0 failed'],
    });
  });

  it('has failed when the tests left no report', () => {
    expect(outcome(undefined, '3')).toMatchObject({ status: 1, lines: expect.arrayContaining(['3 passed, 1 failed']) });
  });
});
