import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sharpLayer } from '../../../lib/bundling/sharp-layer.ts';
import { PROJECT_ROOT } from '../../../lib/vitrine-context.ts';
import { temporaryFolder } from '../../temporary-folders.ts';
import { elfHeader } from '../elf-header.ts';

const SOURCE = join(PROJECT_ROOT, 'lambda/sharp-layer');

/** Stands in for npm, which needs a registry: puts a package with a binary for a processor. */
function installs(machine: number, calls: string[] = []) {
  return (folder: string) => {
    calls.push(folder);
    const sharp = join(folder, 'node_modules/sharp');
    for (const name of ['lib', 'src', '../.bin']) mkdirSync(join(sharp, name), { recursive: true });
    writeFileSync(join(sharp, 'lib/index.js'), '');
    writeFileSync(join(sharp, 'lib/index.d.ts'), '');
    writeFileSync(join(sharp, 'src/pipeline.cc'), '');
    writeFileSync(join(sharp, 'README.md'), '');
    writeFileSync(join(sharp, 'LICENSE'), '');
    writeFileSync(join(sharp, 'lib/sharp.node'), elfHeader(machine));
  };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

describe('the sharp layer', () => {
  it('is laid out as Lambda finds it, with what sharp opens and its licences', () => {
    const { folder } = sharpLayer(SOURCE, temporaryFolder('cache'), installs(183));

    expect(filesIn(folder)).toEqual([
      'nodejs/node_modules/sharp/LICENSE',
      'nodejs/node_modules/sharp/lib/index.js',
      'nodejs/node_modules/sharp/lib/sharp.node',
      'nodejs/package-lock.json',
      'nodejs/package.json',
    ]);
  });

  it('is made once and then reused', () => {
    const cache = temporaryFolder('cache');
    const calls: string[] = [];

    const first = sharpLayer(SOURCE, cache, installs(183, calls));
    const second = sharpLayer(SOURCE, cache, installs(183, calls));

    expect(calls).toHaveLength(1);
    expect(second).toEqual(first);
  });

  it('is another one when its lock file is', () => {
    const cache = temporaryFolder('cache');
    const source = temporaryFolder('source');
    const lock = readFileSync(join(SOURCE, 'package-lock.json'), 'utf8');
    writeFileSync(join(source, 'package.json'), '{}');
    writeFileSync(join(source, 'package-lock.json'), lock);

    const first = sharpLayer(source, cache, installs(183));
    writeFileSync(join(source, 'package-lock.json'), `${lock}\n`);
    const second = sharpLayer(source, cache, installs(183));

    expect(second.hash).not.toBe(first.hash);
  });

  it('is refused for another processor, and nothing of it stays', () => {
    const cache = temporaryFolder('cache');

    expect(() => sharpLayer(SOURCE, cache, installs(62))).toThrow(/must be for Linux on arm64/);
    expect(readdirSync(cache)).toEqual([]);
  });

  it('is checked again when it is reused', () => {
    const cache = temporaryFolder('cache');
    const { folder } = sharpLayer(SOURCE, cache, installs(183));
    writeFileSync(join(folder, 'nodejs/node_modules/sharp/lib/sharp.node'), elfHeader(62));

    expect(() => sharpLayer(SOURCE, cache, installs(183))).toThrow(/must be for Linux on arm64/);
  });

  it('leaves nothing half made when the installation fails', () => {
    const cache = temporaryFolder('cache');
    const fails = (): void => {
      throw new Error('no registry');
    };

    expect(() => sharpLayer(SOURCE, cache, fails)).toThrow('no registry');
    expect(readdirSync(cache)).toEqual([]);
  });
});

describe('the layer’s lock file', () => {
  const lock = JSON.parse(readFileSync(join(SOURCE, 'package-lock.json'), 'utf8'));
  const root = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package-lock.json'), 'utf8'));

  it('has the sharp that tests and local runs use', () => {
    expect(lock.packages['node_modules/sharp'].version).toBe(root.packages['node_modules/sharp'].version);
  });

  it('has Lambda’s platform and that of the machine, whatever it is', () => {
    expect(Object.keys(lock.packages)).toEqual(
      expect.arrayContaining([
        'node_modules/@img/sharp-linux-arm64',
        'node_modules/@img/sharp-libvips-linux-arm64',
        'node_modules/@img/sharp-linux-x64',
        'node_modules/@img/sharp-darwin-arm64',
      ]),
    );
  });

  it('names contents by hash and no registry', () => {
    const packages = Object.entries<{ integrity?: string; resolved?: string }>(lock.packages).filter(([name]) => name);

    expect(packages.filter(([, one]) => one.resolved !== undefined || !one.integrity?.startsWith('sha512-'))).toEqual(
      [],
    );
  });
});
