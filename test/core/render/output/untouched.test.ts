import { describe, expect, it } from 'vitest';
import type { OutputSettings, Step } from '../../../../lambda/core/plan/plan.ts';
import { type FormatClass, render } from '../../../../lambda/core/render/render.ts';
import { isBareFile } from '../../../../lambda/core/render/source/bare-file.ts';
import { withJpegSegment, withPngChunk } from '../../../images/crafted.ts';
import { drawScene } from '../../../images/scene.ts';
import { animation, onCanvas, privateSource } from '../../../images/sources.ts';
import { plan, px } from '../plans.ts';

const scene = onCanvas(drawScene(120, 80));
/** So coarse that every re-encoding is larger. */
const tiny = await scene.clone().jpeg({ quality: 5 }).toBuffer();
const png = await scene.clone().png({ palette: true, colours: 8 }).toBuffer();
const webp = await scene.clone().webp({ quality: 1 }).toBuffer();
const gif = await animation(60, 40, 'gif');

const same = (bytes: Uint8Array, source: Buffer): boolean => source.equals(bytes);

describe('a source of which nothing is asked', () => {
  it.each<[string, Buffer, FormatClass]>([
    ['JPEG for every client', tiny, 'plain'],
    ['JPEG', tiny, 'webp'],
    ['PNG', png, 'plain'],
    ['WebP', webp, 'webp'],
    ['GIF', gif, 'plain'],
  ])('is delivered as it is where that is smaller: %s', async (_, source, accepts) => {
    const picture = await render(source, plan([{}]), accepts);

    expect(same(picture.bytes, source)).toBe(true);
  });

  it('is delivered re-encoded where that is smaller', async () => {
    const large = await scene.clone().jpeg({ quality: 100 }).toBuffer();

    for (const accepts of ['avif', 'webp', 'plain'] as const) {
      expect((await render(large, plan([]), accepts)).bytes.byteLength).toBeLessThan(large.byteLength);
    }
  });

  it('is not delivered in colours for print', async () => {
    const print = await scene.clone().toColourspace('cmyk').jpeg({ quality: 5 }).toBuffer();

    expect(isBareFile(print, 'jpeg')).toBe(true);
    expect(same((await render(print, plan([]), 'plain')).bytes, print)).toBe(false);
  });

  it('is not delivered to a client that cannot show it', async () => {
    expect((await render(webp, plan([]), 'plain')).format).toBe('jpeg');
  });

  it.each<[string, Step, Partial<OutputSettings>]>([
    ['a width', { width: px(60) }, {}],
    ['a quality', {}, { quality: 90 }],
    ['a format', {}, { format: 'jpeg' }],
    ['progression', {}, { progressive: true }],
    ['losslessness', {}, { lossless: true }],
  ])('is another case than one with %s', async (_, step, output) => {
    expect(same((await render(tiny, plan([step], output), 'plain')).bytes, tiny)).toBe(false);
  });

  it.each<[string, () => Promise<Buffer> | Buffer]>([
    ['EXIF and a place', () => privateSource(drawScene(120, 80), 'jpeg', 1)],
    ['a comment', () => withJpegSegment(tiny, 0xfe, 'at home')],
    ['a private segment', () => withJpegSegment(tiny, 0xe4, 'at home')],
    [
      'a thumbnail in its JFIF header',
      () => withJpegSegment(tiny, 0xe0, 'JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01at home'),
    ],
    ['something behind its end', () => Buffer.concat([tiny, Buffer.from('at home')])],
    ['text in a PNG', () => withPngChunk(png, 'tEXt', 'Comment\0at home')],
    ['an unknown chunk in a PNG', () => withPngChunk(png, 'plAc', 'at home')],
    ['something behind the end of a PNG', () => Buffer.concat([png, Buffer.from('at home')])],
    ['something behind the end of a WebP', () => Buffer.concat([webp, Buffer.from('at home')])],
    [
      'a comment in a GIF',
      () => Buffer.concat([gif.subarray(0, -1), Buffer.from('\x21\xfe\x07at home\0\x3b', 'latin1')]),
    ],
  ])('is never delivered as it is with %s', async (_, make) => {
    const source = await make();

    for (const accepts of ['avif', 'webp', 'plain'] as const) {
      const { bytes } = await render(source, plan([]), accepts);

      expect(same(bytes, source)).toBe(false);
      expect(Buffer.from(bytes).includes('at home')).toBe(false);
    }
  });
});

describe('a bare file', () => {
  it('is told by its structure in every format that we write', async () => {
    expect(isBareFile(await scene.clone().jpeg({ progressive: true }).toBuffer(), 'jpeg')).toBe(true);
    expect(isBareFile(await scene.clone().jpeg({ mozjpeg: true }).toBuffer(), 'jpeg')).toBe(true);
    expect(isBareFile(await scene.clone().png().toBuffer(), 'png')).toBe(true);
    expect(isBareFile(await scene.clone().webp({ lossless: true }).toBuffer(), 'webp')).toBe(true);
    expect(isBareFile(await animation(60, 40, 'webp'), 'webp')).toBe(true);
    expect(isBareFile(gif, 'gif')).toBe(true);
  });

  it('is not one that is cut off at any place', async () => {
    for (const [bytes, format] of [
      [tiny, 'jpeg'],
      [png, 'png'],
      [webp, 'webp'],
      [gif, 'gif'],
    ] as const) {
      for (let length = 0; length < bytes.length; length += 7) {
        expect(isBareFile(bytes.subarray(0, length), format)).toBe(false);
      }
    }
  });
});
