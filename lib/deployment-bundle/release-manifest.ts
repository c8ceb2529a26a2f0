import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** From what a bundle was made, and what is in it. */
export interface ReleaseManifest {
  readonly version: string;
  /** Commit of the repository. @default the bundle was not made in a clone */
  readonly commit?: string;
  /** Whether a file differed from the commit. */
  readonly isChanged: boolean;
  /** SHA-256, in hexadecimal, of package-lock.json: every dependency with its checksum. */
  readonly lockFile: string;
  readonly node: string;
  /** SHA-256, in hexadecimal, by path within the bundle; nothing of the bundle is left out but this file. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Who has the manifest's own checksum from the maker can compare every file. It is no signature: that needs a key, or the
 * identity of a CI service (docs/deployment-bundle.md).
 * @param root the repository
 * @param folder the bundle, complete but for the manifest
 */
export function releaseManifest(root: string, folder: string): ReleaseManifest {
  const commit = git(root, 'rev-parse', 'HEAD');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  return {
    version,
    ...(commit !== undefined && { commit }),
    isChanged: git(root, 'status', '--porcelain') !== '',
    lockFile: sha256Of(join(root, 'package-lock.json')),
    node: process.version,
    files: checksums(folder),
  };
}

function checksums(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(paths.map((path) => [relative(folder, path), sha256Of(path)]));
}

const sha256Of = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** @returns undefined where there is no repository, or no git */
function git(cwd: string, ...args: string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
