import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../lambda/contract/limits.ts';
import type { Step } from '../../../lambda/core/plan/plan.ts';
import { render } from '../../../lambda/core/render/render.ts';
import { claimingGif, claimingPng, withPngChunk } from '../../images/crafted.ts';
import { animation, sceneIn } from '../../images/sources.ts';
import { processorMilliseconds } from '../../processor-time.ts';
import { plan, px, RED } from './plans.ts';

/** A small PNG with a chunk that is a lot of zeros. */
function inflatingPng(type: string, head: string): Buffer {
  const content = Buffer.concat([Buffer.from(head, 'latin1'), deflateSync(Buffer.alloc(9_000_000))]);
  return withPngChunk(claimingPng(4, 4), type, content.toString('latin1'));
}

const SOURCES = {
  'a PNG that claims 30,000 x 30,000': [claimingPng(30_000, 30_000), '100,000,000 pixels'],
  'a PNG that claims 20 lines of 3,000,000 pixels': [claimingPng(3_000_000, 20), '65,535 pixels a side'],
  'a PNG that claims the largest size there is': [claimingPng(0x7fffffff, 0x7fffffff), undefined],
  'an animation of 501 frames': [claimingGif(4, 4, 501), '500 frames'],
  'an animation of 10,000 frames': [claimingGif(4, 4, 10_000), '500 frames'],
  'an animation of 450 frames of 700 x 700': [claimingGif(700, 700, 450), '200,000,000 pixels in all frames'],
  'a PNG whose text inflates to 9 MB': [inflatingPng('zTXt', 'Comment\0\0'), '8000000 bytes when inflated'],
  'a PNG whose profile inflates to 9 MB': [inflatingPng('iCCP', 'p\0\0'), '8000000 bytes when inflated'],
  'a PNG whose international text inflates to 9 MB': [
    inflatingPng('iTXt', 'k\0\x01\0en\0k\0'),
    '8000000 bytes when inflated',
  ],
  'a file of more than 50 MB': [Buffer.alloc(LIMITS.sourceBytes + 1), '50,000,000 bytes'],
} as const;

describe('a source over a limit', () => {
  it.each(Object.entries(SOURCES))('is refused by its header in no time: %s', async (_, [source, limit]) => {
    const refusal = { code: limit ? 'source.limit' : 'source.unreadable', status: 400 };

    const spent = await processorMilliseconds(async () => {
      const refused = render(source, plan([{ width: px(10) }]), 'avif');
      await expect(refused).rejects.toMatchObject(refusal);
      if (limit) await expect(refused).rejects.toThrow(limit);
    });

    expect(spent).toBeLessThan(100);
  });

  it('of too many frames still gives its first one', async () => {
    const picture = await render(claimingGif(4, 4, 501), plan([], { format: 'png' }), 'plain');

    expect(picture).toMatchObject({ width: 4, height: 4, format: 'png' });
  });

  it('counts only the pixels of what is decoded, up to the limit itself', async () => {
    const picture = await render(claimingGif(100, 100, 500), plan([{ width: px(10) }]), 'webp');

    expect(picture).toMatchObject({ width: 10, height: 10, format: 'webp' });
  });
});

describe('a result over a limit', () => {
  it.each<[string, readonly Step[]]>([
    ['its side', [{ width: px(LIMITS.outputSide + 1), height: px(10) }]],
    ['its pixels', [{ width: px(8000), height: px(6000) }]],
    ['its border', [{ width: px(100), border: { width: 5000, colour: RED } }]],
    ['its border in pixels', [{ width: px(6000), height: px(6000), border: { width: 400, colour: RED } }]],
    ['a later step', [{ width: px(20) }, { width: px(9000) }]],
  ])('is refused before it is made, for %s', async (_, steps) => {
    const source = await sceneIn('png', 24, 16);

    const spent = await processorMilliseconds(() =>
      expect(render(source, plan(steps), 'avif')).rejects.toMatchObject({ code: 'transformation.limit' }),
    );

    expect(spent).toBeLessThan(500);
  });

  it('counts all frames of an animation', async () => {
    const source = await animation(60, 40, 'gif');
    // A busy machine takes seconds to start the first child process, which is no part of what is asked here.
    await render(source, plan([{ width: px(30) }]), 'webp').catch(() => undefined);

    const refused = render(source, plan([{ width: px(6000) }]), 'webp');

    await expect(refused).rejects.toMatchObject({ code: 'transformation.limit' });
    await expect(refused).rejects.toThrow('40,000,000');
  });
});

it('enlarges a strip of a tall picture without making the rest of it', async () => {
  const tall = await sceneIn('png', 4, 2000);

  const spent = await processorMilliseconds(async () => {
    const picture = await render(tall, plan([{ width: px(1000), height: px(50) }], { format: 'jpeg' }), 'plain');
    expect(picture).toMatchObject({ width: 1000, height: 50 });
  });

  expect(spent).toBeLessThan(2000);
});
