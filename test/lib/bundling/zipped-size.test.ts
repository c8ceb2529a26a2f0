import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sharpLayer } from '../../../lib/bundling/sharp-layer.ts';
import { LAYER_ZIPPED_BYTES, zippedSize } from '../../../lib/bundling/zipped-size.ts';
import { PROJECT_ROOT } from '../../../lib/vitrine-context.ts';
import { temporaryFolder } from '../../temporary-folders.ts';
import { elfHeader } from '../elf-header.ts';

test('counts what is left of files when they are deflated, in all folders', () => {
  const folder = temporaryFolder('zipped');
  mkdirSync(join(folder, 'deep'));
  writeFileSync(join(folder, 'zeros'), Buffer.alloc(1_000_000));
  writeFileSync(join(folder, 'deep/noise'), randomBytes(10_000));

  expect(zippedSize(folder)).toBeGreaterThan(10_000);
  expect(zippedSize(folder)).toBeLessThan(13_000);
});

test('a layer that is too large is not made', () => {
  const cache = temporaryFolder('cache');
  const install = (folder: string) => {
    mkdirSync(join(folder, 'node_modules'), { recursive: true });
    writeFileSync(join(folder, 'node_modules/sharp.node'), elfHeader(183));
    writeFileSync(join(folder, 'node_modules/noise'), randomBytes(LAYER_ZIPPED_BYTES));
  };

  expect(() => sharpLayer(join(PROJECT_ROOT, 'lambda/sharp-layer'), cache, install)).toThrow('bytes zipped');
  expect(readdirSync(cache)).toEqual([]);
});
