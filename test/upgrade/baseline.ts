import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the last release left, for the next one to come up from; `CONTRIBUTING.md` says how it is made. */
export const BASELINE = join(import.meta.dirname, '../fixtures/upgrade');

/** Whether this run makes the baseline anew, as is done once at a release, instead of comparing with it. */
export const isRecording = process.env.RECORD_BASELINE === '1';

/** Of the checkout, for the baseline to say whose it is. */
export const commit = (): string =>
  execFileSync('git', ['rev-parse', 'HEAD'], { cwd: BASELINE, encoding: 'utf8' }).trim();

/** One file of the baseline. @param path within its folder */
export function readBaseline<T>(path: string): T {
  return JSON.parse(readFileSync(join(BASELINE, path), 'utf8')) as T;
}

/** Makes one file of the baseline anew. @param path within its folder */
export function writeBaseline(path: string, content: object): void {
  const file = join(BASELINE, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}
