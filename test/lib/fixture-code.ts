import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { CodeSource } from '../../lib/bundling/code-source.ts';
import { temporaryFolder } from '../temporary-folders.ts';

/** Code that is not bundled: template tests look at resources, not at handlers. */
export function fixtureCode(): CodeSource {
  const asset = () => Code.fromAsset(fixtureFolder(), { assetHash: 'f1x7u4e' });
  return {
    handler: asset,
    webFunction: fixtureFolder,
    sharpLayer: asset,
    fontsLayer: asset,
    dashboardLayer: asset,
    edgeFunction: (name, build) =>
      `async function handler(event){return event.request}//${name}${build?.isMultiRegion ? ' of several regions' : ''}\n`,
  };
}

let folder: string | undefined;

function fixtureFolder(): string {
  if (folder === undefined) {
    folder = temporaryFolder('code');
    writeFileSync(join(folder, 'index.mjs'), 'export const handler = async () => {};\n');
  }
  return folder;
}
