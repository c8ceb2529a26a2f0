import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { builtCode } from '../../lib/bundling/built-code.ts';
import { VitrineApp } from '../../lib/vitrine-app.ts';
import { PROJECT_ROOT } from '../../lib/vitrine-context.ts';
import { AWAY, type EmulatedRegion, REGION } from './clients.ts';

/** By region, the bucket of the customer's that it is backed up to: it is in the other one. */
export const COPIES = {
  [REGION]: { Bucket: 'acme-media-backup', at: AWAY },
  [AWAY]: { Bucket: 'acme-west-backup', at: REGION },
} as const;

const destinationOf = (region: EmulatedRegion) => ({ bucket: COPIES[region].Bucket, region: COPIES[region].at });

const VITRINE = {
  regions: [REGION, AWAY],
  backup: { destinations: { [REGION]: destinationOf(REGION), [AWAY]: destinationOf(AWAY) } },
};

export interface Assembly {
  readonly folder: string;
  /** Of the home region. */
  readonly regionStack: string;
  readonly awayStack: string;
  readonly edgeStack: string;
  /** All of them, each after those that it needs. */
  readonly stacks: readonly { readonly stack: string; readonly region: string }[];
}

/** Synthesizes what would be deployed: the real bundles, and sharp for this machine in the layer for Lambda's. */
export function synthesize(folder: string): Assembly {
  rmSync(folder, { recursive: true, force: true });
  const layer = join(folder, 'sharp');
  copySharp(join(layer, 'nodejs/node_modules'));
  const outdir = join(folder, 'cdk.out');
  const code = { ...builtCode(PROJECT_ROOT), sharpLayer: () => Code.fromAsset(layer) };
  const app = new VitrineApp({ code, outdir, context: { 'vitrine:guards': 'off', vitrine: VITRINE } });
  const stacks = app.synth().stacks.map(({ stackName, environment: { region } }) => ({ stack: stackName, region }));
  const [home, away] = app.regions;
  if (!away) throw new Error('The deployment has one region alone.');
  return {
    ...{ folder: outdir, stacks },
    ...{ regionStack: home.stackName, awayStack: away.stackName, edgeStack: app.edge.stackName },
  };
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
