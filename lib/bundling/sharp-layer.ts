import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { requireArm64 } from './elf-machine.ts';
import { requireSafeVersions } from './oldest-safe-versions.ts';
import { refuseLargeLayer } from './zipped-size.ts';

/** Raise when the layer is made in another way from the same lock file. */
const RECIPE = '1';

/** What a running sharp never opens. Licences stay: they must travel with the binaries. */
const PRUNED = /(\.md|\.d\.[cm]?ts|\.map|\.markdown)$/i;
const PRUNED_FOLDERS = new Set(['src', 'install', 'docs', 'test', '.bin']);

/** Installs the locked packages of a folder for Lambda's platform. */
export type Install = (folder: string) => void;

export interface BuiltSharpLayer {
  /** The layer's contents: `nodejs/node_modules/...`. */
  readonly folder: string;
  /** Identity of the contents, from the lock file. */
  readonly hash: string;
}

/**
 * Makes the native layer from its lock file, once; later syntheses reuse it and need no network.
 * @param source folder with the layer's package.json and package-lock.json
 * @param cache folder that keeps finished layers
 * @throws when the locked versions are known to be unsafe, the packages cannot be had, their binaries are for another processor, or there is too much of them
 */
export function sharpLayer(source: string, cache: string, install: Install = installForLambda): BuiltSharpLayer {
  requireSafeVersions(join(source, 'package-lock.json'));
  const hash = createHash('sha256')
    .update(`${RECIPE}\n`)
    .update(readFileSync(join(source, 'package-lock.json')))
    .digest('hex')
    .slice(0, 32);
  const folder = join(cache, hash);
  if (!existsSync(folder)) make(source, folder, install);
  requireArm64(folder);
  return { folder, hash };
}

/** Made beside its place and moved there whole, so that a broken or parallel run leaves no half layer. */
function make(source: string, folder: string, install: Install): void {
  const draft = `${folder}.${process.pid}`;
  const nodejs = join(draft, 'nodejs');
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(nodejs, { recursive: true });
  try {
    for (const file of ['package.json', 'package-lock.json']) cpSync(join(source, file), join(nodejs, file));
    install(nodejs);
    prune(join(nodejs, 'node_modules'));
    requireArm64(draft);
    refuseLargeLayer(draft);
    if (!existsSync(folder)) renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** AWS, "Working with layers for Node.js"; npm, "config": `os`, `cpu` and `libc` choose the optional packages. */
function installForLambda(folder: string): void {
  const options = [
    '--os=linux',
    '--cpu=arm64',
    '--libc=glibc',
    '--omit=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  ];
  const { status, error, stderr } = spawnSync('npm', ['ci', ...options], { cwd: folder, encoding: 'utf8' });
  if (status === 0) return;
  throw new Error(
    `The sharp layer's packages could not be installed: ${error?.message ?? stderr.trim()} ` +
      '(npm is needed once; afterwards the layer is in node_modules/.cache)',
  );
}

function prune(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const unused = entry.isDirectory() ? PRUNED_FOLDERS.has(entry.name) : PRUNED.test(entry.name);
    if (unused) rmSync(path, { recursive: true });
    else if (entry.isDirectory()) prune(path);
  }
}
