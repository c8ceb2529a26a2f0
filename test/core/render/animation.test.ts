import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Step } from '../../../lambda/core/plan/plan.ts';
import { render } from '../../../lambda/core/render/render.ts';
import { maxColourDistance, type Shown, shown } from '../../images/compare.ts';
import { drawFrame } from '../../images/scene.ts';
import { animation, DELAYS, onCanvas } from '../../images/sources.ts';
import { plan, px, RED } from './plans.ts';

const gif = await animation(120, 80, 'gif');
const webp = await animation(120, 80, 'webp');
const COUNT = DELAYS.length;

/** Each frame of an animation, decoded alone. */
async function framesOf(bytes: Uint8Array): Promise<Shown[]> {
  const frames = [];
  for (let page = 0; page < COUNT; page++) {
    const { data, info } = await sharp(bytes, { page }).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    frames.push({ data, width: info.width, height: info.height });
  }
  return frames;
}

describe('an animation', () => {
  it.each([
    ['GIF', gif, 'avif', 'webp'],
    ['GIF', gif, 'webp', 'webp'],
    ['GIF', gif, 'plain', 'gif'],
    ['WebP', webp, 'avif', 'webp'],
    ['WebP', webp, 'plain', 'gif'],
  ] as const)(
    'in %s for a client that accepts %3$s keeps its frames and their timing',
    async (_, source, accepts, format) => {
      const picture = await render(source, plan([{ width: px(60) }]), accepts);

      expect(picture).toMatchObject({ format, contentType: `image/${format}`, width: 60, height: 40 });
      const metadata = await sharp(picture.bytes).metadata();
      expect(metadata).toMatchObject({ format, pages: COUNT, delay: [...DELAYS], loop: 3, width: 60, height: 40 });
    },
  );

  it.each(['jpeg', 'png', 'avif'] as const)('becomes its first frame in %s', async (format) => {
    const picture = await render(gif, plan([], { format }), 'plain');

    const first = await shown(
      await onCanvas(drawFrame(120, 80, 0.2))
        .png()
        .toBuffer(),
    );
    expect(maxColourDistance(await shown(picture.bytes), first)).toBeLessThan(40);
    expect(picture).toMatchObject({ format, width: 120, height: 80 });
  });

  const operations: Readonly<Record<string, Step | readonly Step[]>> = {
    'crop and grayscale': { width: px(60), height: px(60), grayscale: true },
    'pad with a colour': { width: px(60), height: px(60), cropMode: 'pad_resize', background: RED },
    extract: { cropMode: 'extract', width: px(50), height: px(30), x: 40, y: 20 },
    border: { width: px(60), border: { width: 6, colour: RED } },
    'quarter turn': { width: px(60), rotate: 90 },
    'half turn': { width: px(60), rotate: 180 },
    'flip both ways': { width: px(60), flip: { horizontal: true, vertical: true } },
    'free rotation': { width: px(60), rotate: 20 },
    blur: { width: px(60), blur: 10 },
    sharpen: { width: px(60), sharpen: 100 },
    radius: { width: px(60), radius: [12, 12, 12, 12] },
    'translucent background behind a radius': { radius: [12, 12, 12, 12], background: { ...RED, alpha: 0.5 } },
    'radius on a background': { width: px(60), radius: 'max', background: RED },
    opacity: { width: px(60), opacity: 50 },
    chain: [{ width: px(80) }, { rotate: 90, border: { width: 4, colour: RED } }, { width: px(40) }],
  };
  it.each(Object.entries(operations))('has on every frame what a still has: %s', async (_, steps) => {
    const still = await sharp(gif, { page: 2 }).png().toBuffer();
    const lossless = { format: 'webp', lossless: true } as const;

    const animated = await render(gif, plan([steps].flat(), lossless), 'plain');
    const alone = await render(still, plan([steps].flat(), lossless), 'plain');

    const frames = await framesOf(animated.bytes);
    const expected = await shown(alone.bytes);
    expect(maxColourDistance(frames[2] as Shown, expected)).toBeLessThan(8);
    expect(maxColourDistance(frames[0] as Shown, expected)).toBeGreaterThan(10);
  });

  it('stretches contrast of all frames alike, so that it does not flicker', async () => {
    const { bytes } = await render(gif, plan([{ contrast: true }], { format: 'webp', lossless: true }), 'plain');

    const frames = await framesOf(bytes);
    const corner = frames.map(({ data }) => [...data.subarray(0, 3)]);
    expect(new Set(corner.map(String)).size).toBe(1);
  });

  it('is trimmed to what any of its frames shows', async () => {
    const blank = { width: 60, height: 40, channels: 3 as const, background: '#fff' };
    const dot = await sharp({ create: { width: 10, height: 10, channels: 3, background: '#f00' } })
      .png()
      .toBuffer();
    const frames = await Promise.all(
      [10, 30].map((left) =>
        sharp({ create: blank })
          .composite([{ input: dot, left, top: 15 }])
          .png()
          .toBuffer(),
      ),
    );
    const source = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();

    const picture = await render(source, plan([{ trim: 10 }], { format: 'webp' }), 'plain');

    expect(picture).toMatchObject({ width: 30, height: 10 });
  });

  it('of a turned WebP comes out upright, and stays so when metadata are kept', async () => {
    const frames = await Promise.all(
      [0.3, 0.7].map((at) =>
        onCanvas(drawFrame(120, 80, at))
          .rotate(270)
          .png()
          .toBuffer(),
      ),
    );
    const source = await sharp(frames, { join: { animated: true } })
      .withMetadata({ orientation: 6 })
      .webp({ lossless: true })
      .toBuffer();
    expect((await sharp(source).metadata()).orientation).toBe(6);
    const expected = await shown(
      await onCanvas(drawFrame(120, 80, 0.3))
        .png()
        .toBuffer(),
    );

    for (const keepMetadata of [false, true]) {
      const picture = await render(source, plan([{}], { format: 'webp', lossless: true, keepMetadata }), 'plain');

      expect(picture).toMatchObject({ width: 120, height: 80 });
      expect((await sharp(picture.bytes).metadata()).orientation ?? 1).toBe(1);
      expect(maxColourDistance(await shown(picture.bytes), expected)).toBeLessThan(4);
    }
  });
});
