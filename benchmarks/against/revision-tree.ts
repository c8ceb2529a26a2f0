import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** A commit's files in a folder of their own, with the packages that its lock file names. */
export interface RevisionTree extends Disposable {
  readonly commit: string;
  readonly root: string;
}

/** Checks a commit out into a temporary worktree. @throws what git or npm prints */
export function checkOut(revision: string): RevisionTree {
  const commit = git('rev-parse', '--verify', '--short=12', '--end-of-options', `${revision}^{commit}`);
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-against-'));
  const root = join(folder, 'tree');
  const remove = (): void => {
    git('worktree', 'remove', '--force', root);
    rmSync(folder, { recursive: true, force: true });
  };
  git('worktree', 'add', '--quiet', '--detach', root, commit);
  try {
    execFileSync('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: root, stdio: 'pipe' });
  } catch (error) {
    remove();
    throw error;
  }
  return { commit, root, [Symbol.dispose]: remove };
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
}
