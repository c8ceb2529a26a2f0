import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { readPlan } from '../../../lambda/core/plan/read-plan.ts';
import type { EncodingCare } from '../../../lambda/core/render/output/better-encoding.ts';
import { render } from '../../../lambda/core/render/render.ts';
import { fingerprint, fingerprintDistance, shown } from '../../images/compare.ts';
import { sceneIn } from '../../images/sources.ts';

const scene = await sceneIn('jpeg', 800, 600);
const make = (items: string, care: EncodingCare = 'first') =>
  render(scene, readPlan([items.split(',')]), 'avif', undefined, undefined, care);

describe.each(['f-avif', 'f-webp', 'f-jpg', 'f-png'])('with %s', (format) => {
  test('a better encoding is smaller, and the same picture', async () => {
    const [first, better] = [await make(`w-400,${format}`), await make(`w-400,${format}`, 'normal')];

    expect(better).toMatchObject({ contentType: first.contentType, width: 400, height: 300 });
    expect(first.improvable).toEqual({ pixels: 120_000 });
    expect(better.bytes.byteLength).toBeLessThan(first.bytes.byteLength);
    const [one, other] = [await shown(first.bytes), await shown(better.bytes)];
    expect(fingerprintDistance(await fingerprint(one), await fingerprint(other))).toBeLessThanOrEqual(8);
  });

  test('both have the same bytes every time', async () => {
    for (const care of ['first', 'normal'] as const) {
      const [one, other] = [await make(`w-300,${format}`, care), await make(`w-300,${format}`, care)];
      expect(Buffer.from(one.bytes).equals(other.bytes)).toBe(true);
    }
  });
});

test('a better PNG has every pixel of the first, with a palette where that loses nothing', async () => {
  const pixelsOf = async (bytes: Uint8Array) => (await shown(bytes)).data;
  const drawn = await sharp({ create: { width: 64, height: 64, channels: 4, background: '#20c0a0' } })
    .composite([{ input: { create: { width: 20, height: 20, channels: 4, background: '#ff000080' } } }])
    .png()
    .toBuffer();
  for (const source of [scene, drawn]) {
    const plan = readPlan([['w-60', 'f-png']]);
    const first = await render(source, plan, 'plain');
    const better = await render(source, plan, 'plain', undefined, undefined, 'most');
    expect(better.bytes.byteLength).toBeLessThanOrEqual(first.bytes.byteLength);
    expect(await pixelsOf(better.bytes)).toEqual(await pixelsOf(first.bytes));
  }
});

test('a baseline JPEG stays one when the URL asks for it', async () => {
  const isProgressive = async (items: string) =>
    (await sharp((await make(items, 'normal')).bytes).metadata()).isProgressive;

  expect([await isProgressive('w-90,f-jpg,pr-false'), await isProgressive('w-90,f-jpg')]).toEqual([false, true]);
});

test('lossless WebP and GIF are as good as they get at once', async () => {
  for (const items of ['f-webp,lo-true,w-100', 'f-gif,w-100']) expect((await make(items)).improvable).toBeUndefined();
});
