import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { builtCode } from '../../lib/bundling/built-code.ts';
import { VitrineApp } from '../../lib/vitrine-app.ts';
import { PROJECT_ROOT } from '../../lib/vitrine-context.ts';

/** The bucket of the customer's that the deployment is backed up to. */
export const BACKUP_BUCKET = 'acme-media-backup';

const VITRINE = { backup: { destinations: { 'eu-west-1': { bucket: BACKUP_BUCKET } } } };

export interface Assembly {
  readonly folder: string;
  readonly regionStack: string;
  readonly edgeStack: string;
}

/** Synthesizes what would be deployed: the real bundles, and sharp for this machine in the layer for Lambda's. */
export function synthesize(folder: string): Assembly {
  rmSync(folder, { recursive: true, force: true });
  const layer = join(folder, 'sharp');
  copySharp(join(layer, 'nodejs/node_modules'));
  const outdir = join(folder, 'cdk.out');
  const code = { ...builtCode(PROJECT_ROOT), sharpLayer: () => Code.fromAsset(layer) };
  const app = new VitrineApp({ code, outdir, context: { 'vitrine:guards': 'off', vitrine: VITRINE } });
  app.synth();
  return { folder: outdir, regionStack: app.regions[0].stackName, edgeStack: app.edge.stackName };
}

/** sharp, and the packages that it loads, from this machine's node_modules. */
function copySharp(target: string): void {
  const modules = join(PROJECT_ROOT, 'node_modules');
  const native = readdirSync(join(modules, '@img')).map((name) => `@img/${name}`);
  mkdirSync(target, { recursive: true });
  for (const name of ['sharp', 'detect-libc', 'semver', ...native]) {
    if (existsSync(join(modules, name))) cpSync(join(modules, name), join(target, name), { recursive: true });
  }
}
