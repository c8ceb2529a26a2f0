import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { bundleEdgeFunction } from './bundle-edge-function.ts';
import { bundleHandlers } from './bundle-handlers.ts';
import { bundleWebFunction } from './bundle-web-function.ts';
import type { CodeSource } from './code-source.ts';
import { HANDLERS } from './code-source.ts';
import { dashboardLayer } from './dashboard-layer.ts';
import { fontsLayer } from './fonts-layer.ts';
import { sharpLayer } from './sharp-layer.ts';

export interface BuiltCodeOptions {
  /**
   * 'build': the layer for Lambda. 'placeholder': a folder that only says what is missing, for a machine that runs the
   * assembly itself, where sharp comes from its own node_modules. Not to be deployed.
   * @default 'build'
   */
  readonly sharpLayer?: 'build' | 'placeholder' | undefined;
}

/**
 * The code that is deployed, built from the repository: handlers and edge functions by esbuild, sharp's layer by npm, that
 * of the fonts from installed packages, that of the dashboard by Vite. Results lie under `node_modules/.cache/vitrine` and are named by what they are, so
 * equal code gives equal assets.
 */
export function builtCode(root: string, options: BuiltCodeOptions = {}): CodeSource {
  const cache = join(root, 'node_modules/.cache/vitrine');
  const bundles = join(cache, 'bundles');
  let isBundled = false;
  return {
    handler: (name) => {
      if (!isBundled) bundleHandlers(root, HANDLERS, bundles);
      isBundled = true;
      return Code.fromAsset(join(bundles, name));
    },
    webFunction: (name) => {
      bundleWebFunction(root, name, join(bundles, name));
      return join(bundles, name);
    },
    edgeFunction: (name, build) => bundleEdgeFunction(root, name, build),
    sharpLayer: () => {
      if (options.sharpLayer === 'placeholder')
        return Code.fromAsset(placeholder(join(cache, 'sharp-layer/placeholder')));
      const { folder, hash } = sharpLayer(join(root, 'lambda/sharp-layer'), join(cache, 'sharp-layer'));
      return Code.fromAsset(folder, { assetHash: hash });
    },
    dashboardLayer: () => Code.fromAsset(dashboardLayer(root)),
    fontsLayer: () => {
      const { folder, hash } = fontsLayer(root);
      return Code.fromAsset(folder, { assetHash: hash });
    },
  };
}

function placeholder(folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'NOT-DEPLOYABLE.txt'),
    'Synthesized with vitrine:sharp-layer=placeholder; sharp is missing.\n',
  );
  return folder;
}
