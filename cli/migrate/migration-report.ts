import { appendFile, readFile } from 'node:fs/promises';
import { CommandFailed } from '../command-failed.ts';

/** What became of one thing; a line of the report. */
export interface MigrationLine {
  readonly kind: 'file' | 'name' | 'field';
  /** Path of a file, or the name. */
  readonly what: string;
  readonly outcome: 'migrated' | 'there before' | 'failed';
  /** Of a file: which version of the source it was. */
  readonly version?: string;
  /** Of a file: SHA-256 of its bytes, hexadecimal. */
  readonly checksum?: string;
  readonly why?: string;
}

/** The report of a migration, which is also what a later call goes on from. */
export interface MigrationReport {
  /** Whether this version of a file was migrated before. */
  readonly hasMigrated: (path: string, version: string) => boolean;
  readonly add: (line: MigrationLine) => Promise<void>;
}

/** Opens a report, or begins one. @throws CommandFailed for a file that is none */
export async function openReport(file: string): Promise<MigrationReport> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const done = new Set(
    linesOf(whole, file)
      .filter(({ kind, outcome }) => kind === 'file' && outcome !== 'failed')
      .map(({ what, version = '' }) => keyOf(what, version)),
  );
  // A line that a break has cut off must not swallow the next one.
  let before = whole === text ? '' : '\n';
  return {
    hasMigrated: (path, version) => done.has(keyOf(path, version)),
    add: async (line) => {
      const [gap, written] = [before, `${JSON.stringify(line)}\n`];
      before = '';
      await appendFile(file, gap + written);
    },
  };
}

const keyOf = (path: string, version: string): string => JSON.stringify([path, version]);

function linesOf(text: string, file: string): MigrationLine[] {
  return text
    .split('\n')
    .filter(Boolean)
    .flatMap((line, index) => {
      try {
        return [JSON.parse(line) as MigrationLine];
      } catch {
        // Only what a break has cut off is no JSON; in the first line it is another file.
        if (index > 0) return [];
        throw new CommandFailed(`${file} is no report of a migration.`);
      }
    });
}
