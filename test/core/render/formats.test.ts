import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { OutputFormat, OutputSettings, Step } from '../../../lambda/core/plan/plan.ts';
import { type FormatClass, render } from '../../../lambda/core/render/render.ts';
import { colourAt, shown } from '../../images/compare.ts';
import { drawCutout } from '../../images/scene.ts';
import { onCanvas, sceneIn } from '../../images/sources.ts';
import { plan, px, RED } from './plans.ts';

const small: Step = { width: px(60) };
const round: Step = { ...small, radius: 'max' };
const cutout = onCanvas(drawCutout(120, 80));

const SOURCES = {
  jpeg: await sceneIn('jpeg', 120, 80),
  png: await sceneIn('png', 120, 80),
  webp: await sceneIn('webp', 120, 80),
  avif: await sceneIn('avif', 120, 80),
  gif: await cutout.clone().gif().toBuffer(),
  tiff: await cutout.clone().removeAlpha().tiff().toBuffer(),
  'transparent png': await cutout.clone().png().toBuffer(),
  'transparent webp': await cutout.clone().webp().toBuffer(),
};

type Case = [keyof typeof SOURCES, Step, Partial<OutputSettings>, FormatClass, OutputFormat];

describe('a JPEG of a transparent picture', async () => {
  const hole = await sharp({ create: { width: 20, height: 10, channels: 4, background: '#00000000' } })
    .png()
    .toBuffer();
  const inJpeg = async (steps: Parameters<typeof plan>[0]) => {
    const { bytes } = await render(hole, plan(steps, { format: 'jpeg' }), 'plain');
    return [...(await sharp(bytes).raw().toBuffer()).subarray(0, 3)];
  };
  const background = (alpha: number) => ({ r: 255, g: 255, b: 255, alpha });
  const padded = { width: px(20), height: px(30), cropMode: 'pad_resize' } as const;

  it('has the background that was asked for, however translucent', async () => {
    expect(await inJpeg([{ ...padded, background: background(0) }])).toEqual([255, 255, 255]);
    expect(await inJpeg([{ ...padded, background: background(0.5) }])).toEqual([255, 255, 255]);
    expect(await inJpeg([{ background: { r: 0, g: 0, b: 254, alpha: 0 } }])).toEqual([0, 0, 254]);
    expect(await inJpeg([padded])).toEqual([0, 0, 0]);
    expect(await inJpeg([{}])).toEqual([255, 255, 255]);
  });
});

describe('the automatic format', () => {
  const cases: readonly Case[] = [
    ['jpeg', small, {}, 'avif', 'avif'],
    ['jpeg', small, {}, 'webp', 'webp'],
    ['jpeg', small, {}, 'plain', 'jpeg'],
    ['png', small, {}, 'plain', 'png'],
    ['gif', small, {}, 'plain', 'gif'],
    ['gif', small, {}, 'avif', 'avif'],
    ['webp', small, {}, 'plain', 'jpeg'],
    ['avif', small, {}, 'plain', 'jpeg'],
    ['tiff', small, {}, 'plain', 'jpeg'],
    ['transparent webp', small, {}, 'plain', 'png'],
    ['jpeg', round, {}, 'plain', 'png'],
    ['gif', round, {}, 'plain', 'png'],
    ['jpeg', { ...round, background: RED }, {}, 'plain', 'jpeg'],
    ['jpeg', { ...small, opacity: 50 }, {}, 'plain', 'png'],
    ['jpeg', { ...small, rotate: 30 }, {}, 'plain', 'png'],
    ['jpeg', { ...small, rotate: 90 }, {}, 'plain', 'jpeg'],
    ['jpeg', small, { keepColourProfile: true }, 'avif', 'webp'],
    ['jpeg', small, { keepMetadata: true }, 'avif', 'webp'],
    ['jpeg', small, { lossless: true }, 'avif', 'webp'],
    ['jpeg', small, { lossless: true }, 'plain', 'png'],
    ['webp', small, { format: 'original' }, 'plain', 'webp'],
    ['avif', small, { format: 'original' }, 'plain', 'avif'],
    ['tiff', small, { format: 'original' }, 'avif', 'jpeg'],
    ['jpeg', small, { format: 'gif' }, 'avif', 'gif'],
    ['jpeg', small, { format: 'avif', keepMetadata: true }, 'plain', 'avif'],
  ];
  it.each(cases)(
    'of a %s with %j and %j for %s is %s',
    async (source, step, output, accepts, format) => {
      const picture = await render(SOURCES[source], plan([step], output), accepts);

      expect(picture).toMatchObject({ format, contentType: `image/${format}` });
      const { format: written, compression } = await sharp(picture.bytes).metadata();
      expect(written === 'heif' ? compression : written).toBe(format === 'avif' ? 'av1' : format);
    },
    10_000,
  );
});

describe('JPEG of a transparent picture', () => {
  const jpeg = { format: 'jpeg' } as const;
  it.each([
    ['white where the source is transparent', 'transparent png', small, [255, 255, 255, 255]],
    ['black in rounded corners', 'jpeg', round, [0, 0, 0, 255]],
    ['black in gaps of a rotation', 'jpeg', { ...small, rotate: 30 }, [0, 0, 0, 255]],
    ['the background where there is one', 'transparent png', { ...small, background: RED }, [220, 30, 40, 255]],
    ['the background in corners', 'jpeg', { ...round, background: RED }, [220, 30, 40, 255]],
    ['black in padding', 'jpeg', { ...small, height: px(60), cropMode: 'pad_resize' }, [0, 0, 0, 255]],
  ] as const)('is %s', async (_, source, step, expected) => {
    const { bytes } = await render(SOURCES[source], plan([step], jpeg), 'plain');

    const colour = colourAt(await shown(bytes), 0.01, 0.01);
    for (const [channel, value] of expected.entries())
      expect(Math.abs((colour[channel] ?? 0) - value)).toBeLessThan(16);
  });
});

describe('output settings', () => {
  it('make a JPEG progressive', async () => {
    for (const progressive of [true, false]) {
      const { bytes } = await render(SOURCES.png, plan([small], { format: 'jpeg', progressive }), 'plain');

      expect((await sharp(bytes).metadata()).isProgressive).toBe(progressive);
    }
  });

  it.each(['webp', 'png'] as const)('make a lossless %s, to the last bit', async (format) => {
    const { bytes } = await render(SOURCES.png, plan([], { format, lossless: true }), 'plain');

    expect((await shown(bytes)).data.equals((await shown(SOURCES.png)).data)).toBe(true);
  });

  it('never make PNG a palette, whatever the quality', async () => {
    const { bytes } = await render(SOURCES.png, plan([small], { format: 'png', quality: 10 }), 'plain');

    expect((await sharp(bytes).metadata()).isPalette).toBe(false);
  });

  it.each(['jpeg', 'webp', 'avif'] as const)('trade bytes of %s for quality', async (format) => {
    const sizes = [];
    for (const quality of [1, 30, 80, 100]) {
      sizes.push((await render(SOURCES.png, plan([], { format, quality }), 'plain')).bytes.byteLength);
    }

    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    expect(new Set(sizes).size).toBe(4);
    const standard = await render(SOURCES.png, plan([], { format }), 'plain');
    expect(standard.bytes.byteLength).toBe(sizes[2]);
  });
});

it('gives the same bytes for the same input, alone and beside others', async () => {
  for (const format of ['jpeg', 'png', 'webp', 'avif', 'gif'] as const) {
    const job = () => render(SOURCES.jpeg, plan([{ ...round, blur: 3 }, { rotate: 12 }], { format }), 'plain');

    const alone = await job();
    const together = await Promise.all([job(), job()]);

    for (const { bytes } of together) expect(Buffer.from(bytes).equals(alone.bytes)).toBe(true);
  }
});
