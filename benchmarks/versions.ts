import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { imgproxyVersion } from './imgproxy.ts';
import { sharpOfIpx } from './sharp-of-ipx.ts';

/** Versions of what was measured: ours with its commit, sharp and its libraries, and what it was measured beside. */
export function measuredVersions() {
  const imgproxy = imgproxyVersion();
  return {
    commit: commit(),
    ...sharp.versions,
    ipx: versionOfIpx(),
    'sharp of ipx': sharpOfIpx().versions.sharp,
    ...(imgproxy && { imgproxy }),
  };
}

/** Its package does not export its own description, which lies above its entry. */
function versionOfIpx(): string {
  const file = new URL('../package.json', import.meta.resolve('ipx'));
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** With a plus behind it where the tree has changes that are not committed. */
function commit(): string {
  const git = (...words: string[]) =>
    execFileSync('git', words, {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--untracked-files=no') ? '+' : ''}`;
  } catch {
    return 'none'; // An unpacked archive has no repository.
  }
}
