import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BuildOptions, Metafile } from 'esbuild';
import { buildSync } from 'esbuild';
import { RENDER_CHILD_FILE } from '../../lambda/contract/render-child.ts';
import { withoutBuiltinImports } from './builtin-modules.ts';
import type { HandlerName, WebFunctionName } from './code-source.ts';
import { requireSafePackages } from './oldest-safe-versions.ts';

/** Packages that no handler may carry: the CDK by accident, sharp because its binaries come in the layer. */
const NEVER = ['aws-cdk-lib', 'constructs', 'sharp', '@img'];

/** Files of `lambda/handlers` that are bundled. */
type EntryName = HandlerName | WebFunctionName | 'render-child';

/** Packages that a certain handler may not carry either. The transformer's cold start pays for every kilobyte. */
const NEVER_IN: Partial<Record<EntryName, readonly string[]>> = {
  'transform-image': ['@aws-sdk', '@smithy', 'zod'],
  'render-child': ['@aws-sdk', '@smithy', 'zod'],
  'receive-upload': ['zod'],
};

/** CommonJS packages call `require` for Node's own modules; an ES module has none. */
const REQUIRE_BANNER =
  "import { createRequire as createVitrineRequire } from 'node:module'; const require = createVitrineRequire(import.meta.url);\n";

/** How everything that runs in Lambda is bundled. */
export const BUNDLE_OPTIONS = {
  bundle: true,
  write: false,
  metafile: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  external: ['sharp'],
  mainFields: ['module', 'main'],
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'silent',
} as const satisfies BuildOptions;

/**
 * Bundles handlers, each with everything it imports into one ES module, without a shell or Docker. All in one run of the
 * bundler, which then reads what they share once.
 * @param root the repository
 * @param folder where the modules are put, as `{name}/index.mjs`; an equal one is left untouched
 * @throws when the code does not build, or carries a package that it may not
 */
export function bundleHandlers(root: string, names: readonly HandlerName[], folder: string): void {
  const { outputFiles, metafile } = buildSync({
    ...BUNDLE_OPTIONS,
    absWorkingDir: root,
    outdir: folder,
    entryPoints: names.map((name) => ({ in: `lambda/handlers/${name}.ts`, out: `${name}/index` })),
  });
  for (const name of names) {
    const file = join(folder, name, 'index.mjs');
    const inputs = inputsOf(metafile, `lambda/handlers/${name}.ts`);
    refusePackages(root, name, inputs);
    const banner = inputs.some((input) => metafile.inputs[input]?.format === 'cjs') ? REQUIRE_BANNER : '';
    publish(file, banner + withoutBuiltinImports(outputFiles.find(({ path }) => path === file)?.text ?? ''));
    if (inputs.includes(CHILD_STARTER)) publish(join(folder, name, RENDER_CHILD_FILE), renderChild(root));
  }
}

/** The source that starts the child process; a handler that imports it needs the child beside it. */
const CHILD_STARTER = 'lambda/core/render/isolated/child-program.ts';

/** Bundles the child. As CommonJS: what is required is found in the layer by NODE_PATH, what is imported is not. */
function renderChild(root: string): string {
  const entry = 'lambda/handlers/render-child.ts';
  const { outputFiles, metafile } = buildSync({
    ...BUNDLE_OPTIONS,
    format: 'cjs',
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: RENDER_CHILD_FILE,
  });
  refusePackages(root, 'render-child', inputsOf(metafile, entry));
  return outputFiles[0]?.text ?? '';
}

/** Source files that went into the bundle of an entry point. */
export function inputsOf(metafile: Metafile, entryPoint: string): string[] {
  const output = Object.values(metafile.outputs).find((one) => one.entryPoint === entryPoint);
  if (!output) throw new Error(`The bundler made nothing of ${entryPoint}.`);
  return Object.keys(output.inputs);
}

/** Names of the packages that files belong to. */
export function packagesAmong(files: readonly string[]): string[] {
  const names = files.flatMap((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
  return [...new Set(names)].sort();
}

/** @throws when one of the files is of a package that may not be in this handler's bundle, or not in its version */
export function refusePackages(root: string, name: EntryName, files: readonly string[]): void {
  const forbidden = [...NEVER, ...(NEVER_IN[name] ?? [])];
  const found = packagesAmong(files).filter((one) =>
    forbidden.some((other) => one === other || one.startsWith(`${other}/`)),
  );
  if (found.length > 0) {
    throw new Error(`The bundle of lambda/handlers/${name}.ts must not contain ${found.join(', ')}.`);
  }
  requireSafePackages(root, files);
}

/** Several syntheses may run at once: whoever reads the file sees a whole one. */
export function publish(file: string, text: string): void {
  if (readIfPresent(file) === text) return;
  mkdirSync(dirname(file), { recursive: true });
  // Not in the folder, which is the asset: what a broken run leaves would be deployed.
  const draft = `${dirname(file)}.${process.pid}`;
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
