import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { render } from '../../../lambda/core/render/render.ts';
import { withColourProfile } from '../../../lambda/core/render/source/png-colours.ts';
import { withPngChunk } from '../../images/crafted.ts';
import { plan, px } from './plans.ts';

const file = (name: string) => readFileSync(new URL(`../../fixtures/colour/${name}.png`, import.meta.url));

/** A PNG of one colour, with a chunk behind its header. */
async function onePixel(channels: readonly number[], chunk: Buffer, space = 'srgb'): Promise<Buffer> {
  const png = await sharp(Buffer.from(Array.from({ length: 64 }, () => channels).flat()), {
    raw: { width: 8, height: 8, channels: channels.length as 1 | 2 | 3 },
  })
    .toColourspace(space)
    .png()
    .toBuffer();
  const length = Buffer.alloc(4);
  length.writeUInt32BE(chunk.length - 4);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(process.getBuiltinModule('node:zlib').crc32(chunk));
  return Buffer.concat([png.subarray(0, 33), length, chunk, sum, png.subarray(33)]);
}

const chunk = (type: string, ...bytes: readonly number[]) =>
  Buffer.concat([Buffer.from(type, 'latin1'), Buffer.from(bytes)]);
const gamma = (value: number) => chunk('gAMA', value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);

async function seen(source: Buffer, format: 'png' | 'webp' | 'auto' = 'png', accepts: 'plain' | 'avif' = 'plain') {
  const { bytes } = await render(source, plan([{ width: px(4) }], { format, lossless: format === 'webp' }), accepts);
  return [...(await sharp(bytes).removeAlpha().raw().toBuffer()).subarray(0, 3)];
}

/* The colours that are expected come from the formulas of sRGB and the matrices of CSS Color 4, section 10. */
describe('a PNG that tells of its colours without a profile', () => {
  it.each([
    ['linear light', [128, 64, 200], gamma(100_000), [188, 137, 229]],
    ['a gamma of its own', [128, 64, 200], gamma(55_556), [147, 81, 210]],
    ['Display P3', [200, 100, 50], chunk('cICP', 12, 13, 0, 1), [215, 93, 31]],
    ['linear light, by code', [128, 64, 200], chunk('cICP', 1, 8, 0, 1), [188, 137, 229]],
    ['grey in linear light', [128], gamma(100_000), [188, 188, 188]],
    ['grey and transparency in linear light', [128, 255], gamma(100_000), [188, 188, 188]],
    // ITU-R BT.2408, table 1: 18% grey and paper white, which stays below the brightest.
    ['PQ, grey card', [97, 97, 97], chunk('cICP', 9, 16, 0, 1), [101, 101, 101]],
    ['PQ, paper', [148, 148, 148], chunk('cICP', 9, 16, 0, 1), [244, 244, 244]],
    ['PQ, the brightest', [255, 255, 255], chunk('cICP', 9, 16, 0, 1), [255, 255, 255]],
    ['PQ, black, in grey', [0], chunk('cICP', 9, 16, 0, 1), [0, 0, 0]],
    ['HLG, grey card', [97, 97, 97], chunk('cICP', 9, 18, 0, 1), [101, 101, 101]],
    ['HLG, paper', [191, 191, 191], chunk('cICP', 9, 18, 0, 1), [244, 244, 244]],
  ] as const)('is converted: %s', async (_, stored, told, shown) => {
    const source = await onePixel(stored, told, stored.length < 3 ? 'b-w' : 'srgb');

    for (const [format, accepts] of [
      ['png', 'plain'],
      ['webp', 'plain'],
      ['auto', 'avif'],
    ] as const) {
      const colour = await seen(source, format, accepts);
      for (const [index, value] of shown.entries()) {
        expect(Math.abs((colour[index] ?? 0) - value), `${format}: ${colour}`).toBeLessThanOrEqual(2);
      }
    }
  });

  it.each([
    ['sRGB, by code', chunk('cICP', 1, 13, 0, 1)],
    ['the usual gamma', gamma(45_455)],
    ['no gamma at all', gamma(0)],
    ['a code that nobody has', chunk('cICP', 200, 200, 0, 1)],
    ['a damaged code', chunk('cICP', 12)],
    ['impossible primaries', chunk('cHRM', ...Array.from({ length: 32 }, () => 0))],
  ])('keeps its numbers: %s', async (_, told) => {
    expect(await seen(await onePixel([128, 64, 200], told))).toEqual([128, 64, 200]);
  });

  it.each(['b-w', 'grey16'])('keeps its numbers in every variant, its own bytes too: %s', async (space) => {
    const source = await onePixel([128], gamma(45_455), space);
    const { bytes } = await render(source, plan([]), 'plain');

    expect(await seen(source)).toEqual([128, 128, 128]);
    expect(await seen(Buffer.from(bytes))).toEqual([128, 128, 128]);
  });

  it.each([
    ['linear light', [128], gamma(100_000), 188],
    ['a gamma of its own', [64], gamma(55_556), 81],
    ['transparency', [128, 255], gamma(100_000), 188],
    ['PQ, grey card', [97], chunk('cICP', 9, 16, 0, 1), 101],
  ] as const)(
    'is converted with 16 bits of grey, too, in a plain delivery as well: %s',
    async (_, stored, told, shown) => {
      const source = await onePixel(stored, told, 'grey16');
      const { bytes } = await render(source, plan([]), 'plain');

      expect((await sharp(source).metadata()).depth).toBe('ushort');
      for (const colour of [await seen(source), await seen(source, 'webp'), await seen(Buffer.from(bytes))]) {
        for (const value of colour) expect(Math.abs(value - shown), `${colour}`).toBeLessThanOrEqual(2);
      }
      expect(['gAMA', 'cICP'].filter((type) => Buffer.from(bytes).includes(type))).toEqual([]);
    },
  );

  it('keeps what else a file of 16 bits of grey says', async () => {
    const source = withPngChunk(await onePixel([128], gamma(100_000), 'grey16'), 'tEXt', 'Comment\0who made it');

    const converted = await withColourProfile(source);

    expect(converted.includes('who made it')).toBe(true);
    expect(await sharp(converted).metadata()).toMatchObject({ depth: 'uchar', space: 'b-w', channels: 1 });
  });

  it('has another look than the same numbers in sRGB, in a plain delivery too', async () => {
    for (const name of ['gama-1', 'cicp-p3']) {
      const { bytes, contentType } = await render(file(name), plan([]), 'plain');
      const pixels = await sharp(bytes).removeAlpha().raw().toBuffer();
      const plain = await sharp(file('patches')).removeAlpha().raw().toBuffer();
      expect(contentType).toBe('image/png');
      expect(pixels.equals(plain), name).toBe(false);
    }
  });

  it('leaves every other file alone', async () => {
    const png = file('patches');

    expect(await withColourProfile(png)).toBe(png);
    expect((await withColourProfile(png.subarray(0, 20))).length).toBe(20);
    expect(await withColourProfile(Buffer.from('GIF89a'))).toHaveLength(6);
  });
});
