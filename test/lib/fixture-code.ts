import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { afterAll } from 'vitest';
import type { CodeSource } from '../../lib/bundling/code-source.ts';

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

const temporary: string[] = [];

afterAll(() => {
  for (const path of temporary) rmSync(path, { recursive: true, force: true });
});

/** A new folder, gone when the tests of the file are done. */
export function temporaryFolder(name: string): string {
  const path = mkdtempSync(join(tmpdir(), `vitrine-${name}-`));
  temporary.push(path);
  return path;
}
