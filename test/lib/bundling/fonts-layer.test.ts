import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FONT_SUBSTITUTES, GENERIC_FONTS } from '../../../lambda/contract/fonts.ts';
import { FONT_PACKAGES } from '../../../lib/bundling/font-packages.ts';
import { fontsLayer } from '../../../lib/bundling/fonts-layer.ts';
import { zippedSize } from '../../../lib/bundling/zipped-size.ts';
import { PROJECT_ROOT } from '../../../lib/vitrine-context.ts';
import { temporaryFolder } from '../../temporary-folders.ts';

/** A function with all of its layers may have 250 MB unzipped (AWS, "Lambda quotas"); sharp's layer has 20. */
const UNZIPPED_BYTES = 60_000_000;
/** What CJK and emojis need is 21 MB of it, what stands for the fonts of offices and browsers 5. */
const ZIPPED_BYTES = 32_000_000;

const { folder, hash } = fontsLayer(PROJECT_ROOT, temporaryFolder('fonts'));
const fonts = readdirSync(join(folder, 'fonts')).filter((name) => /\.(ttf|otf)$/.test(name));

describe('the fonts layer', () => {
  it('is small enough for a function beside sharp', () => {
    const unzipped = fonts.reduce((sum, name) => sum + statSync(join(folder, 'fonts', name)).size, 0);
    const zipped = zippedSize(folder);

    expect(unzipped, 'bytes unzipped').toBeLessThan(UNZIPPED_BYTES);
    expect(zipped, 'bytes zipped').toBeLessThan(ZIPPED_BYTES);
  });

  it('has a configuration that finds the fonts wherever the layer lies, and none of a machine', () => {
    const configuration = readFileSync(join(folder, 'fonts/fonts.conf'), 'utf8');

    expect(configuration.match(/<dir [^>]*>[^<]*/g)).toEqual(['<dir prefix="relative">.']);
    expect(configuration).not.toMatch(/<include|~|\/usr/);
  });

  it('says which font stands for the families that documents name, and has each of them', () => {
    const configuration = readFileSync(join(folder, 'fonts/fonts.conf'), 'utf8');
    const families = new Set(fonts.map((name) => name.replace(/[_-].*|\.ttf/g, '')));

    for (const [family, others] of [...Object.entries(FONT_SUBSTITUTES), ...Object.entries(GENERIC_FONTS)]) {
      expect(families).toContain(family.replaceAll(' ', ''));
      for (const other of others) {
        expect(configuration).toContain(`<family>${other}</family><prefer><family>${family}</family></prefer>`);
      }
    }
  });

  it('has the four faces of a family that has them, and the licence of every font', () => {
    expect(fonts.filter((name) => name.startsWith('OpenSans_'))).toEqual([
      'OpenSans_400Regular.ttf',
      'OpenSans_400Regular_Italic.ttf',
      'OpenSans_700Bold.ttf',
      'OpenSans_700Bold_Italic.ttf',
    ]);
    for (const { name } of FONT_PACKAGES) {
      const licence = readFileSync(join(folder, 'fonts/licences', `${basename(name)}.txt`), 'utf8');
      expect(licence, name).toMatch(/SIL OPEN FONT LICENSE|UBUNTU FONT LICENCE|Bitstream Vera Fonts Copyright/i);
    }
  });

  it('has each font whole, but no picture of an emoji twice', () => {
    for (const name of fonts) {
      const font = readFileSync(join(folder, 'fonts', name));
      const tables = tablesOf(font);
      expect(tables.map(({ tag }) => tag)).not.toContain('SVG ');
      for (const { tag, start, length, sum } of tables) {
        expect(start + length, `${name} ${tag}`).toBeLessThanOrEqual(font.length);
        if (tag !== 'head') expect(sumOf(font.subarray(start, start + length)), `${name} ${tag}`).toBe(sum);
      }
    }
  });

  it('is made once and reused, by the same identity', () => {
    const cache = temporaryFolder('fonts');
    const first = fontsLayer(PROJECT_ROOT, cache);

    expect(fontsLayer(PROJECT_ROOT, cache)).toEqual(first);
    expect(first.hash).toBe(hash);
    expect(readdirSync(cache)).toEqual([hash]);
  });
});

/** The list of tables in an OpenType file. */
function tablesOf(font: Buffer): { tag: string; sum: number; start: number; length: number }[] {
  return Array.from({ length: font.readUInt16BE(4) }, (_, index) => 12 + index * 16).map((at) => ({
    tag: font.toString('latin1', at, at + 4),
    sum: font.readUInt32BE(at + 4),
    start: font.readUInt32BE(at + 8),
    length: font.readUInt32BE(at + 12),
  }));
}

function sumOf(table: Buffer): number {
  const padded = Buffer.concat([table, Buffer.alloc((4 - (table.length % 4)) % 4)]);
  let sum = 0;
  for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0;
  return sum;
}
