import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VARIABLE = 'VITRINE_TEST_FOLDER';

/** Before the first test file: one folder for what all of them make. @returns what removes it after the last one */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-tests-'));
  process.env[VARIABLE] = folder;
  // What a test, a program that it starts, or a library leaves behind goes with it.
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

/**
 * A new folder that stays until all tests are done. What is made in it may be kept in memory for the files that follow in the same
 * process.
 */
export const temporaryFolder = (name: string): string =>
  mkdtempSync(join(process.env[VARIABLE] ?? tmpdir(), `${name}-`));
