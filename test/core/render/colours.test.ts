import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { render } from '../../../lambda/core/render/render.ts';
import { colourAt, maxColourDistance, shown, stored } from '../../images/compare.ts';
import { adobeRgbProfile } from '../../images/icc-profile.ts';
import { drawCutout, drawScene } from '../../images/scene.ts';
import { onCanvas } from '../../images/sources.ts';
import { plan, px, RED } from './plans.ts';

const scene = drawScene(240, 160);
const small = plan([{ width: px(120) }], { format: 'png' });
const upright = await shown(await onCanvas(scene).resize(120, 80).png().toBuffer());

describe('colours', () => {
  let folder = '';
  let adobe = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'profiles-'));
    adobe = join(folder, 'adobe.icc');
    await writeFile(adobe, adobeRgbProfile());
  });
  afterAll(() => rm(folder, { recursive: true }));

  const wide = {
    'Display P3 JPEG': () => onCanvas(scene).withIccProfile('p3').jpeg({ quality: 98, chromaSubsampling: '4:4:4' }),
    'Display P3 PNG of 16 bits': () => onCanvas(scene).toColourspace('rgb16').withIccProfile('p3').png(),
    'Adobe RGB JPEG': () => onCanvas(scene).withIccProfile(adobe).jpeg({ quality: 98, chromaSubsampling: '4:4:4' }),
    'Adobe RGB WebP': () => onCanvas(scene).withIccProfile(adobe).webp({ quality: 98, lossless: true }),
    'sRGB PNG of 16 bits': () => onCanvas(scene).toColourspace('rgb16').png(),
    'Adobe RGB PNG of 16 bits': () => onCanvas(scene).toColourspace('rgb16').withIccProfile(adobe).png(),
  };
  it.each(Object.entries(wide))('of a %s are what they were, in sRGB and 8 bits', async (_, make) => {
    const { bytes } = await render(await make().toBuffer(), small, 'plain');

    expect(maxColourDistance(await shown(bytes), upright)).toBeLessThan(10);
    expect(await sharp(bytes).metadata()).toMatchObject({ depth: 'uchar', space: 'srgb', hasProfile: false });
  });

  it('of a profile are really converted: the stored numbers differ', async () => {
    const source = await onCanvas(scene).withIccProfile(adobe).png().toBuffer();

    const numbers = await stored(await sharp(source).keepIccProfile().resize(120, 80).png().toBuffer());

    expect(maxColourDistance(numbers, upright)).toBeGreaterThan(25);
  });

  it('keep their profile and their numbers on demand, also through a chain', async () => {
    const source = await onCanvas(scene).withIccProfile('p3').png().toBuffer();
    const expected = await stored(await sharp(source).keepIccProfile().resize(120, 80).png().toBuffer());
    const chain = [{ width: px(240) }, { rotate: 180 }, { width: px(120), rotate: 180 }];

    for (const steps of [[{ width: px(120) }], chain]) {
      const kept = await render(source, plan(steps, { keepColourProfile: true, lossless: true }), 'webp');

      expect((await sharp(kept.bytes).metadata()).icc).toEqual((await sharp(source).metadata()).icc);
      expect(maxColourDistance(await stored(kept.bytes), expected)).toBeLessThan(10);
    }
  });

  it('of a CMYK JPEG become sRGB, and a kept profile is not the CMYK one', async () => {
    const source = await onCanvas(scene)
      .toColourspace('cmyk')
      .withIccProfile('cmyk')
      .jpeg({ quality: 98, chromaSubsampling: '4:4:4' })
      .toBuffer();
    expect((await sharp(source).metadata()).space).toBe('cmyk');

    const plain = await render(source, small, 'plain');
    const kept = await render(source, plan([{ width: px(120) }], { format: 'png', keepColourProfile: true }), 'plain');

    for (const { bytes } of [plain, kept]) {
      expect((await sharp(bytes).metadata()).space).toBe('srgb');
      // Print cannot show the brightest of them, so the corners' marks come back duller.
      const [r, g, b] = colourAt(await shown(bytes), 0.05, 0.05);
      expect(r).toBeGreaterThan(180);
      expect(g).toBeLessThan(90);
      expect(b).toBeLessThan(90);
    }
    expect((await sharp(kept.bytes).metadata()).icc?.length).toBeLessThan(10_000);
  });

  it('of a CMYK JPEG without a profile become sRGB', async () => {
    const source = await onCanvas(scene).toColourspace('cmyk').jpeg({ quality: 98 }).toBuffer();

    const { bytes } = await render(source, small, 'plain');

    const [r, g, b] = colourAt(await shown(bytes), 0.7, 0.55);
    expect([r && r > 150, g && g < 120, b && b < 120]).toEqual([true, true, true]);
  });

  it('of a grey picture stay grey, and what is painted around it is in colour', async () => {
    const grey = await onCanvas(scene).greyscale().toColourspace('b-w').png().toBuffer();
    const alpha = await onCanvas(drawCutout(240, 160)).greyscale().toColourspace('b-w').png().toBuffer();
    expect((await sharp(grey).metadata()).channels).toBe(1);
    expect((await sharp(alpha).metadata()).channels).toBe(2);

    const bordered = await render(
      grey,
      plan([{ width: px(120), border: { width: 8, colour: RED } }], { format: 'png' }),
      'plain',
    );
    const backed = await render(
      alpha,
      plan([{ width: px(120), background: RED, opacity: 50 }], { format: 'png' }),
      'plain',
    );

    const [r, g, b] = colourAt(await shown(bordered.bytes), 0.25, 0.35);
    expect(r === g && g === b).toBe(true);
    expect(colourAt(await shown(bordered.bytes), 0.01, 0.01)).toEqual([220, 30, 40, 255]);
    expect(colourAt(await shown(backed.bytes), 0.01, 0.01)).toEqual([220, 30, 40, 255]);
  });

  it('of a palette PNG and a TIFF are what they were', async () => {
    const palette = await onCanvas(scene).png({ palette: true, colours: 256, dither: 0 }).toBuffer();
    const tiff = await onCanvas(scene).tiff({ compression: 'lzw' }).toBuffer();

    for (const source of [palette, tiff]) {
      const { bytes } = await render(source, small, 'plain');

      expect(maxColourDistance(await shown(bytes), upright)).toBeLessThan(16);
    }
  });
});
