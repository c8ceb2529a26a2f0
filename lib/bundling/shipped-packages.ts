import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { buildSync } from 'esbuild';
import { BUNDLE_OPTIONS, packagesAmong } from './bundle-handlers.ts';
import type { HandlerName, WebFunctionName } from './code-source.ts';
import { HANDLERS } from './code-source.ts';

/** Everything in `lambda/handlers` that Lambda runs. */
const PROGRAMS: readonly (HandlerName | WebFunctionName | 'render-child')[] = [
  ...HANDLERS,
  'receive-upload',
  'render-child',
];

/** What Vite builds the dashboard of; fonts and pictures belong to no program. */
const DASHBOARD = {
  bundle: true,
  write: false,
  metafile: true,
  jsx: 'automatic',
  loader: { '.woff': 'empty', '.woff2': 'empty', '.ttf': 'empty', '.svg': 'empty', '.png': 'empty' },
  logLevel: 'silent',
  entryPoints: ['dashboard/src/main.tsx'],
  outdir: 'dashboard',
} as const satisfies BuildOptions;

/** Names of the packages in the bundles of functions. @param root the repository */
export function packagesOfFunctions(root: string): string[] {
  const entryPoints = PROGRAMS.map((name) => `lambda/handlers/${name}.ts`);
  const { metafile } = buildSync({ ...BUNDLE_OPTIONS, absWorkingDir: root, outdir: 'functions', entryPoints });
  return packagesAmong(Object.keys(metafile.inputs));
}

/** Of those, of the dashboard and of the layer with sharp: what is deployed. Everything else is for development alone. */
export function shippedPackages(root: string): string[] {
  const { metafile } = buildSync({ ...DASHBOARD, absWorkingDir: root });
  const lock = JSON.parse(readFileSync(join(root, 'lambda/sharp-layer/package-lock.json'), 'utf8'));
  const inLayer = packagesAmong(Object.keys(lock.packages));
  return [
    ...new Set([...packagesOfFunctions(root), ...packagesAmong(Object.keys(metafile.inputs)), ...inLayer]),
  ].sort();
}
