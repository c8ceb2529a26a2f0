import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readPlan } from '../../../lambda/core/plan/read-plan.ts';
import { type FormatClass, render } from '../../../lambda/core/render/render.ts';
import { withPngChunk } from '../../images/crafted.ts';
import { animation } from '../../images/sources.ts';

const apng = await readFile(new URL('../../fixtures/apng.png', import.meta.url));
const gif = await animation(60, 40, 'gif');
const make = (source: Uint8Array, items: string, accepts: FormatClass = 'avif') =>
  render(source, readPlan(items ? [items.split(',')] : []), accepts);

describe('an animated PNG', () => {
  it('keeps its motion where nothing is asked, for every client', async () => {
    for (const accepts of ['avif', 'webp', 'plain'] as const) {
      const { bytes, contentType, leftOut } = await make(apng, '', accepts);

      expect(Buffer.from(bytes).equals(apng)).toBe(true);
      expect([contentType, leftOut]).toEqual(['image/png', undefined]);
    }
  });

  it('keeps it without what it says about its owner', async () => {
    const owned = Buffer.concat([withPngChunk(apng, 'tEXt', 'Comment\0at home'), Buffer.from('behind the end')]);

    const { bytes } = await make(owned, '');

    expect(Buffer.from(bytes).equals(apng)).toBe(true);
    expect((await sharp(bytes).metadata()).width).toBe(120);
  });

  it.each(['w-60', 'f-webp', 'f-png', 'q-50'])('stands still with %s, and says so', async (items) => {
    expect((await make(apng, items)).leftOut).toEqual(['animation']);
  });
});

describe('an animation', () => {
  it.each(['f-avif', 'f-jpg', 'f-png'])('stands still as %s, and says so', async (items) => {
    expect(await make(gif, items)).toMatchObject({ leftOut: ['animation'] });
  });

  it.each(['', 'w-30', 'f-webp', 'f-gif', 'pg-1,f-avif'])('has nothing left out with "%s"', async (items) => {
    expect((await make(gif, items)).leftOut).toBeUndefined();
  });
});

it('a still picture has nothing left out', async () => {
  const png = await sharp(apng).png().toBuffer();

  expect((await make(png, 'f-avif')).leftOut).toBeUndefined();
});
