import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Step } from '../../../lambda/core/plan/plan.ts';
import { render } from '../../../lambda/core/render/render.ts';
import { maxColourDistance, type Shown } from '../../images/compare.ts';
import { drawFrame } from '../../images/scene.ts';
import { onCanvas } from '../../images/sources.ts';
import { plan, px } from './plans.ts';

const plainFrames = (name: string) => readFileSync(new URL(`../../fixtures/animation/${name}`, import.meta.url));

/** Four frames of one colour each: whatever a frame has of its neighbours is another colour. */
const SOURCES = { GIF: plainFrames('bleed-20x10.gif'), WebP: plainFrames('bleed-20x10.webp') };
const COUNT = 4;

async function frameOf(bytes: Uint8Array, page: number): Promise<Shown> {
  const { data, info } = await sharp(bytes, { page }).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** How far the colours of one frame lie apart, as shades of a channel. */
function spread({ data }: Shown): number {
  let widest = 0;
  for (let channel = 0; channel < 3; channel++) {
    const values = [...data].filter((_, at) => at % 4 === channel);
    widest = Math.max(widest, Math.max(...values) - Math.min(...values));
  }
  return widest;
}

const both = (width: number, height: number): Step => ({ width: px(width), height: px(height), crop: 'force' });

const STEPS: Readonly<Record<string, Step | readonly Step[]>> = {
  'made smaller': { width: px(10) },
  'made smaller by an odd share': { width: px(7) },
  'made larger': { width: px(30) },
  'made twice as large': { width: px(40) },
  'made lower': both(20, 3),
  'made lower and wider': both(31, 4),
  'made higher': both(20, 33),
  'made narrower': both(3, 10),
  'cut after scaling': { width: px(9), height: px(9) },
  'cut before scaling': { width: px(50), height: px(50) },
  'turned and scaled': [{ rotate: 90 }, { width: px(7) }],
  sharpened: [{ width: px(12) }, { sharpen: 300 }],
  blurred: [{ width: px(12) }, { blur: 20 }],
  'masked unsharp': [{ width: px(12) }, { unsharp: { radius: 5, sigma: 5, amount: 5, threshold: 0 } }],
};

describe.each(['GIF', 'WebP'] as const)('frames of a %s that have a colour of their own', (kind) => {
  it.each(Object.entries(STEPS))('keep it when they are %s', async (_, steps) => {
    for (const format of ['webp', 'gif'] as const) {
      const { bytes } = await render(SOURCES[kind], plan([steps].flat(), { format, lossless: true }), 'webp');

      for (let page = 0; page < COUNT; page++) {
        expect(spread(await frameOf(bytes, page)), `frame ${page} in ${format}`).toBeLessThanOrEqual(2);
      }
    }
  });
});

/** Frames of a picture that moves, as tall as has no divisor in common with most results. */
async function moving(width: number, height: number, count: number): Promise<Buffer> {
  const frames = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      onCanvas(drawFrame(width, height, index / count))
        .png()
        .toBuffer(),
    ),
  );
  return sharp(frames, { join: { animated: true } })
    .webp({ lossless: true })
    .toBuffer();
}

describe('a frame of an animation', async () => {
  const source = await moving(211, 157, 5);
  const gif = await sharp(source, { animated: true }).gif({ effort: 1 }).toBuffer();

  it.each([
    ['half', [{ width: px(105) }]],
    ['a third', [{ width: px(70) }]],
    ['an eleventh', [{ width: px(19) }]],
    ['larger', [{ width: px(300) }]],
    ['cut', [{ width: px(60), height: px(60) }]],
    ['lower', [both(200, 31)]],
    ['in two steps', [{ width: px(180) }, { width: px(50) }]],
  ] as const)('is what the still alone becomes: %s', async (_, steps) => {
    for (const animation of [source, gif]) {
      const still = await sharp(animation, { page: 3 }).png().toBuffer();
      const lossless = { format: 'webp', lossless: true } as const;
      const moved = await render(animation, plan(steps, lossless), 'webp');
      const alone = await render(still, plan(steps, lossless), 'webp');

      expect(maxColourDistance(await frameOf(moved.bytes, 3), await frameOf(alone.bytes, 0))).toBeLessThan(16);
    }
  });
});
