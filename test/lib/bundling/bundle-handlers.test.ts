import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { RENDER_CHILD_FILE } from '../../../lambda/contract/render-child.ts';
import { bundleHandlers, packagesAmong } from '../../../lib/bundling/bundle-handlers.ts';
import { HANDLERS } from '../../../lib/bundling/code-source.ts';
import { PROJECT_ROOT } from '../../../lib/vitrine-context.ts';
import { temporaryFolder } from '../../temporary-folders.ts';

/** A repository with these files. */
function repositoryWith(files: Record<string, string>): string {
  const root = temporaryFolder('handlers');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

describe('the shipped handlers', () => {
  let folder: string;

  beforeAll(() => {
    folder = temporaryFolder('bundles');
    bundleHandlers(PROJECT_ROOT, HANDLERS, folder);
  });

  it.each(HANDLERS)('%s is one module that takes sharp from the layer', (name) => {
    const text = readFileSync(join(folder, name, 'index.mjs'), 'utf8');

    expect(text).toMatch(/export\{[\w$]+ as handler\}/);
    const packages = [...text.matchAll(/(?<!["'`])\bfrom"([^"./:][^"]*)"/g)].map((match) => match[1] as string);
    expect(packages.filter((one) => one !== 'sharp' && !one.startsWith('node:') && !NODE_MODULES.has(one))).toEqual([]);
  });

  it('have the child process beside the functions that start it, and nowhere else', () => {
    const withChild = HANDLERS.filter((name) => existsSync(join(folder, name, RENDER_CHILD_FILE)));

    expect(withChild.sort()).toEqual(['api', 'ingest', 'transform-image', 'transform-replica']);
    expect(statSync(join(folder, 'transform-image', RENDER_CHILD_FILE)).size).toBeLessThan(200_000);
  });

  it.each(['transform-image', 'transform-replica'])('have a %s that starts fast: without the AWS SDK', (name) => {
    expect(statSync(join(folder, name, 'index.mjs')).size).toBeLessThan(239_000);
  });
});

/** Node's own modules as older packages write them. */
const NODE_MODULES = new Set([
  'async_hooks',
  'buffer',
  'crypto',
  'events',
  'fs',
  'http',
  'https',
  'module',
  'os',
  'path',
  'process',
  'stream',
  'url',
  'util',
]);

describe('a handler’s bundle', () => {
  it('runs, with a CommonJS package that requires a module of Node', async () => {
    const root = repositoryWith({
      'lambda/handlers/api.ts': "import name from 'old';\nexport const handler = async () => name();",
      'node_modules/old/package.json': '{ "name": "old", "main": "index.js" }',
      'node_modules/old/index.js': "const path = require('path'); module.exports = () => path.basename('/a/b');",
    });

    bundleHandlers(root, ['api'], join(root, 'out'));

    const { handler } = await import(pathToFileURL(join(root, 'out/api/index.mjs')).href);
    expect(await handler()).toBe('b');
  });

  it('stays untouched when nothing changed, so that the asset is the same', () => {
    const root = repositoryWith({ 'lambda/handlers/ingest.ts': 'export const handler = async () => 1;' });
    const file = join(root, 'out/ingest/index.mjs');

    bundleHandlers(root, ['ingest'], join(root, 'out'));
    const before = statSync(file, { bigint: true });
    bundleHandlers(root, ['ingest'], join(root, 'out'));

    expect(statSync(file, { bigint: true }).ino).toBe(before.ino);
  });

  it('is refused with the CDK inside', () => {
    const root = repositoryWith({
      'lambda/handlers/api.ts': "import { App } from 'aws-cdk-lib';\nexport const handler = async () => new App();",
      'node_modules/aws-cdk-lib/package.json': '{ "name": "aws-cdk-lib", "main": "index.js" }',
      'node_modules/aws-cdk-lib/index.js': 'exports.App = class {};',
    });

    expect(() => bundleHandlers(root, ['api'], join(root, 'out'))).toThrow(
      'The bundle of lambda/handlers/api.ts must not contain aws-cdk-lib.',
    );
  });

  it('is refused with sharp’s binaries inside', () => {
    const root = repositoryWith({
      'lambda/handlers/api.ts':
        "import binary from '@img/sharp-linux-x64';\nexport const handler = async () => binary;",
      'node_modules/@img/sharp-linux-x64/package.json': '{ "name": "@img/sharp-linux-x64", "main": "index.js" }',
      'node_modules/@img/sharp-linux-x64/index.js': 'module.exports = 1;',
    });

    expect(() => bundleHandlers(root, ['api'], join(root, 'out'))).toThrow(/must not contain @img\/sharp-linux-x64/);
  });

  it('is refused with the AWS SDK in the transformer, and only there', () => {
    const handler = "import one from '@aws-sdk/one';\nexport const handler = async () => one;";
    const root = repositoryWith({
      'lambda/handlers/transform-image.ts': handler,
      'lambda/handlers/api.ts': handler,
      'node_modules/@aws-sdk/one/package.json': '{ "name": "@aws-sdk/one", "main": "index.js" }',
      'node_modules/@aws-sdk/one/index.js': 'module.exports = 1;',
    });

    expect(() => bundleHandlers(root, ['api'], join(root, 'out'))).not.toThrow();
    expect(() => bundleHandlers(root, ['transform-image'], join(root, 'out'))).toThrow(
      /must not contain @aws-sdk\/one/,
    );
  });

  it('is refused with the API’s schemas in the transformer', () => {
    const root = repositoryWith({
      'lambda/handlers/transform-image.ts': "import * as z from 'zod';\nexport const handler = async () => z;",
      'node_modules/zod/package.json': '{ "name": "zod", "main": "index.js" }',
      'node_modules/zod/index.js': 'module.exports = 1;',
    });

    expect(() => bundleHandlers(root, ['transform-image'], join(root, 'out'))).toThrow(/must not contain zod/);
  });

  it('is refused when it does not build', () => {
    const root = repositoryWith({ 'lambda/handlers/api.ts': "import './missing.ts';" });

    expect(() => bundleHandlers(root, ['api'], join(root, 'out'))).toThrow(/missing\.ts/);
  });
});

describe('packages among files', () => {
  it('are found in nested folders too, each once', () => {
    expect(
      packagesAmong([
        'lambda/core/kernel/problems.ts',
        'node_modules/@aws-sdk/a/index.js',
        'node_modules/@aws-sdk/a/other.js',
        'node_modules/b/node_modules/c/index.js',
      ]),
    ).toEqual(['@aws-sdk/a', 'c']);
  });
});
