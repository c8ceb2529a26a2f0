import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

/*
 * What failed, once more and together, and the counts as the last line: who reads only the end of a long output finds both.
 * A test that passed at its second try only is named, too: it has a defect, or the product has.
 */

interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** As much of a failure's text as its cause needs. */
const CHARACTERS = 1500;

/** The report of vitest; none, when it was ended before it had written one. */
function reportOf(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

interface Named {
  readonly name: string;
  readonly text: string;
}

/** Every failed test, and every file that failed without a test of it: in its imports or in its hooks. */
function* failuresOf(report: Report): Generator<Named> {
  for (const file of report.testResults) {
    const name = relative(process.cwd(), file.name);
    const failed = file.assertionResults.filter((one) => one.status === 'failed');
    for (const one of failed) yield { name: `${name} > ${one.fullName}`, text: one.failureMessages.join('\n') };
    if (failed.length === 0 && file.status === 'failed') yield { name, text: file.message };
  }
}

/** Every test that failed before it passed. */
function* unsteadyOf(report: Report): Generator<Named> {
  for (const file of report.testResults) {
    for (const { fullName, status, failureMessages } of file.assertionResults) {
      const name = `${relative(process.cwd(), file.name)} > ${fullName}`;
      if (status === 'passed' && failureMessages.length > 0) yield { name, text: failureMessages.join('\n') };
    }
  }
}

const [file = '', passedChecks = '0', ...failedChecks] = process.argv.slice(2);
const report = reportOf(file);
const failures = report ? [...failuresOf(report)] : [{ name: 'tests', text: 'They ended without a report.' }];
for (const { name, text } of report ? unsteadyOf(report) : []) {
  console.log(`*** passed at the second try only: ${name}\n${text.slice(0, CHARACTERS)}`);
}
for (const name of failedChecks) console.log(`*** failed: ${name}`);
for (const { name, text } of failures) console.log(`*** failed: ${name}\n${text.slice(0, CHARACTERS)}`);
const passed = Number(passedChecks) + (report?.numPassedTests ?? 0);
const failed = failedChecks.length + failures.length;
console.log(`${passed} passed, ${failed} failed`);
if (failed > 0) process.exit(1);
