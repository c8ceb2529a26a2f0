import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleHandlers } from '../../../lib/bundling/bundle-handlers.ts';
import { BUNDLED, requireSafePackages, requireSafeVersions } from '../../../lib/bundling/oldest-safe-versions.ts';
import { PROJECT_ROOT } from '../../../lib/vitrine-context.ts';
import { temporaryFolder } from '../../temporary-folders.ts';

function lockWith(sharp: string, libvips?: string): string {
  const file = join(temporaryFolder('lock'), 'package-lock.json');
  const packages = {
    'node_modules/sharp': { version: sharp },
    ...(libvips !== undefined && { 'node_modules/@img/sharp-libvips-linux-arm64': { version: libvips } }),
  };
  writeFileSync(file, JSON.stringify({ packages }));
  return file;
}

/* SUP-001 of the attack catalogue. */
describe('the decoders of pictures', () => {
  it.each(['lambda/sharp-layer', '.'])('are safe in the lock file of %s', (folder) => {
    expect(() => requireSafeVersions(join(PROJECT_ROOT, folder, 'package-lock.json'))).not.toThrow();
  });

  it.each([
    ['0.35.5', '1.3.4'],
    ['0.35.10', '1.3.4'],
    ['1.0.0', '1.10.0'],
  ])('may be sharp %s with libvips %s', (sharp, libvips) => {
    expect(() => requireSafeVersions(lockWith(sharp, libvips))).not.toThrow();
  });

  it.each([
    ['0.35.4', '1.3.4', /sharp 0\.35\.4; the oldest safe one is 0\.35\.5 \(GHSA-wq5f-xc86-pv6w\)/],
    ['0.9.9', '1.3.4', /sharp 0\.9\.9/],
    ['0.35.5-rc.1', '1.3.4', /sharp 0\.35\.5-rc\.1/],
    ['0.35.5', '1.3.3', /libvips-linux-arm64 1\.3\.3; the oldest safe one is 1\.3\.4/],
    ['0.35.5', undefined, /libvips-linux-arm64 in no version/],
  ])('stop a build with sharp %s and libvips %s', (sharp, libvips, message) => {
    expect(() => requireSafeVersions(lockWith(sharp, libvips))).toThrow(message);
  });
});

describe('the packages of a bundle', () => {
  /** A repository with one package, at a place that a bundle takes files from. */
  function rootWith(folder: string, name: string, version: string): string {
    const root = temporaryFolder('packages');
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, 'package.json'), JSON.stringify({ name, version }));
    return root;
  }

  it.each(Object.entries(BUNDLED))('may have %s from its oldest safe version on', (name, { version }) => {
    const folder = `node_modules/${name}`;

    expect(() => requireSafePackages(rootWith(folder, name, version), [`${folder}/index.js`])).not.toThrow();
  });

  it.each([
    ['node_modules/zod', 'zod', '4.6.5', /node_modules\/zod has zod 4\.6\.5; the oldest safe one is 4\.6\.6/],
    ['node_modules/@fastify/busboy', '@fastify/busboy', '3.2.5', /GHSA-pvmq-3jr9-v5qh/],
    // Two packages may want two versions of a third one.
    ['node_modules/openid-client/node_modules/jose', 'jose', '4.15.4', /openid-client\/node_modules\/jose has jose/],
  ])('stop a build with %s', (folder, name, version, message) => {
    const root = rootWith(folder, name, version);

    expect(() => requireSafePackages(root, ['lambda/handlers/api.ts', `${folder}/index.js`])).toThrow(message);
  });

  it('are asked for before a function is written', () => {
    const root = rootWith('node_modules/zod', 'zod', '4.6.5');
    writeFileSync(join(root, 'node_modules/zod/index.js'), 'export const string = () => {};');
    mkdirSync(join(root, 'lambda/handlers'), { recursive: true });
    const code = "import { string } from 'zod';\nexport const handler = async () => string();\n";
    writeFileSync(join(root, 'lambda/handlers/api.ts'), code);

    expect(() => bundleHandlers(root, ['api'], join(root, 'out'))).toThrow(/zod 4\.6\.5/);
    expect(existsSync(join(root, 'out'))).toBe(false);
  });
});
