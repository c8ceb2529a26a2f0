import sharp from 'sharp';
import { expect, test } from 'vitest';
import { render } from '../../../lambda/core/render/render.ts';

/** 300 x 200 pixels of two colours, in stripes as wide as given. */
async function stripes(one: readonly number[], other: readonly number[], wide: number): Promise<Buffer> {
  const data = Buffer.alloc(300 * 200 * 3);
  for (let at = 0; at < data.length; at++) {
    const x = Math.floor(at / 3) % 300;
    data[at] = (Math.floor(x / wide) % 2 === 0 ? one : other)[at % 3] ?? 0;
  }
  return sharp(data, { raw: { width: 300, height: 200, channels: 3 } })
    .png()
    .toBuffer();
}

const rendered = async (source: Buffer, format: 'jpeg' | 'webp' | 'avif', quality = 80) => {
  const plan = { original: false, steps: [{}], output: { format, quality }, ignored: [] } as const;
  return Buffer.from((await render(source, plan, 'avif')).bytes);
};

const samplesOf = async (picture: Buffer) => (await sharp(picture).metadata()).chromaSubsampling;

const colourful = await stripes([220, 0, 60], [0, 110, 60], 1);
const grey = await stripes([120, 120, 120], [140, 140, 140], 1);

test('a JPEG keeps colours that are as fine as lines, and thins others', async () => {
  expect(await samplesOf(await rendered(colourful, 'jpeg'))).toBe('4:4:4');
  expect(await samplesOf(await rendered(grey, 'jpeg'))).toBe('4:2:0');
  expect(await samplesOf(await rendered(grey, 'jpeg', 90))).toBe('4:4:4');
});

/** Whether an AVIF shares colours, across and down (AV1 in ISOBMFF, 2.3.3: two bits of the third byte). */
const thinsColours = (picture: Buffer) => ((picture[picture.indexOf('av1C') + 6] ?? 0) & 0b1100) !== 0;

test('an AVIF keeps all colours', async () => {
  for (const source of [colourful, grey]) expect(thinsColours(await rendered(source, 'avif'))).toBe(false);
  expect(thinsColours(await sharp(grey).avif({ chromaSubsampling: '4:2:0' }).toBuffer())).toBe(true);
});

test('a WebP of fine colours is nearer to the picture than one whose colours the encoder thins as it likes', async () => {
  const pixels = await sharp(colourful).removeAlpha().raw().toBuffer();
  const errorOf = async (picture: Buffer) => {
    const made = await sharp(picture).removeAlpha().raw().toBuffer();
    return made.reduce((sum, value, at) => sum + Math.abs(value - (pixels[at] ?? 0)), 0) / made.length;
  };
  const careless = await sharp(colourful).webp({ quality: 100 }).toBuffer();

  expect(await errorOf(await rendered(colourful, 'webp'))).toBeLessThan(await errorOf(careless));
});
