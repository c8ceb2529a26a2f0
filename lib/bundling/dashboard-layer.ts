import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DASHBOARD_FOLDER } from '../../lambda/contract/dashboard.ts';

/** What decides the files beside the sources: the versions of everything that is built in. */
const LOCK = 'package-lock.json';

/** What is no part of the build. */
const NOT_BUILT = /(^|\/)(node_modules|test)(\/|$)/;

/**
 * Builds the dashboard's files with Vite, once for the same sources; later syntheses reuse them.
 * @param root the repository
 * @param cache folder that keeps finished builds
 * @returns the layer's contents: the folder `dashboard`, with a `.br` beside each file that compresses
 * @throws with what Vite said
 */
export function dashboardLayer(
  root: string,
  cache = join(root, 'node_modules/.cache/vitrine/dashboard-layer'),
): string {
  const sources = join(root, 'dashboard');
  const folder = join(cache, hashOf(root, sources));
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${process.pid}`;
  mkdirSync(cache, { recursive: true });
  try {
    build(root, sources, join(draft, DASHBOARD_FOLDER));
    if (!existsSync(folder)) renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}

function hashOf(root: string, sources: string): string {
  const hash = createHash('sha256').update(readFileSync(join(root, LOCK)));
  const names = readdirSync(sources, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !NOT_BUILT.test(entry.parentPath.slice(sources.length + 1)))
    .map((entry) => join(entry.parentPath, entry.name));
  for (const name of names.sort()) hash.update(`\0${name.slice(sources.length)}\0`).update(readFileSync(name));
  return hash.digest('hex').slice(0, 32);
}

function build(root: string, sources: string, outDir: string): void {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const { status, error, stdout, stderr } = spawnSync(process.execPath, [vite, 'build', '--outDir', outDir], {
    cwd: sources,
    encoding: 'utf8',
    // As in a test, React would be its slow development build.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status !== 0) throw new Error(`The dashboard could not be built: ${error?.message ?? `${stdout}\n${stderr}`}`);
}
