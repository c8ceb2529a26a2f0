import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions, Metafile } from 'esbuild';
import { buildSync } from 'esbuild';
import type { HandlerName } from './code-source.ts';

/** Packages that no handler may carry: the CDK by accident, sharp because its binaries come in the layer. */
const NEVER = ['aws-cdk-lib', 'constructs', 'sharp', '@img'];

/** Packages that a certain handler may not carry either. The transformer's cold start pays for every kilobyte. */
const NEVER_IN: Partial<Record<HandlerName, readonly string[]>> = { 'transform-image': ['@aws-sdk', '@smithy'] };

/** CommonJS packages call `require` for Node's own modules; an ES module has none. */
const REQUIRE_BANNER =
  "import { createRequire as createVitrineRequire } from 'node:module'; const require = createVitrineRequire(import.meta.url);";

const OPTIONS = {
  bundle: true,
  write: false,
  metafile: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  outfile: 'index.mjs',
  external: ['sharp'],
  mainFields: ['module', 'main'],
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'silent',
} as const satisfies BuildOptions;

/**
 * Bundles a handler with everything it imports into one ES module, in this process: no shell, no Docker.
 * @param root the repository
 * @param folder where the module is put, as `index.mjs`; an equal one is left untouched
 * @throws when the code does not build, or carries a package that it may not
 */
export function bundleHandler(root: string, name: HandlerName, folder: string): void {
  const { outputFiles, metafile } = buildSync({
    ...OPTIONS,
    absWorkingDir: root,
    entryPoints: [join('lambda/handlers', `${name}.ts`)],
  });
  refusePackages(name, packagesIn(metafile));
  const banner = hasCommonJs(metafile) ? `${REQUIRE_BANNER}\n` : '';
  publish(join(folder, 'index.mjs'), banner + outputFiles[0]?.text);
}

/** Names of the packages whose files went into a bundle. */
export function packagesIn(metafile: Metafile): string[] {
  const names = Object.keys(metafile.inputs).flatMap((file) => {
    const found = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file);
    return found?.[1] ? [found[1]] : [];
  });
  return [...new Set(names)].sort();
}

/** @throws when one of the packages may not be in this handler's bundle */
export function refusePackages(name: HandlerName, packages: readonly string[]): void {
  const forbidden = [...NEVER, ...(NEVER_IN[name] ?? [])];
  const found = packages.filter((one) => forbidden.some((other) => one === other || one.startsWith(`${other}/`)));
  if (found.length === 0) return;
  throw new Error(`The bundle of lambda/handlers/${name}.ts must not contain ${found.join(', ')}.`);
}

function hasCommonJs(metafile: Metafile): boolean {
  return Object.values(metafile.inputs).some(({ format }) => format === 'cjs');
}

/** Several syntheses may run at once: whoever reads the file sees a whole one. */
function publish(file: string, text: string): void {
  if (readIfPresent(file) === text) return;
  mkdirSync(join(file, '..'), { recursive: true });
  // Not in the folder, which is the asset: what a broken run leaves would be deployed.
  const draft = `${join(file, '..')}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}

function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
