import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LIMITS } from '../../../lambda/contract/limits.ts';
import { run, withinTimeLimit } from '../../../lambda/core/render/engine.ts';
import { drawScene } from '../../images/scene.ts';
import { onCanvas } from '../../images/sources.ts';

describe('the engine', () => {
  it('uses one thread, no cache and vector instructions', () => {
    expect(sharp.concurrency()).toBe(1);
    expect(sharp.cache().items.max).toBe(0);
    expect(sharp.simd()).toBe(true);
  });

  it.each([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="9" height="9"/></svg>'],
    ['PPM', 'P3 1 1 255 9 9 9\n'],
    ['Radiance', '#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\n\x80\x80\x80\x80'],
  ])('has no decoder for %s', async (_, text) => {
    await expect(sharp(Buffer.from(text, 'latin1')).png().toBuffer()).rejects.toThrow('unsupported image format');
  });

  it('blames the source for what a decoder refuses, and itself for what an encoder does', async () => {
    const impossible = onCanvas(drawScene(20, 10)).extract({ left: 15, top: 0, width: 10, height: 10 }).png();

    await expect(run(sharp(Buffer.from('no image')).png(), 'source')).rejects.toMatchObject({
      code: 'source.unreadable',
    });
    await expect(run(impossible, 'memory')).rejects.not.toHaveProperty('code', 'source.unreadable');
  });

  it('knows the error with which sharp reports that its time is up', async () => {
    const slow = sharp({ create: { width: 6000, height: 6000, channels: 3, background: '#123' } })
      .blur(900)
      .timeout({ seconds: 1 });

    await expect(slow.raw().toBuffer()).rejects.toThrow(/^timeout/);
  });
});

describe('the time limit', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('answers for work that does not end', async () => {
    const answer = expect(withinTimeLimit(() => new Promise(() => {}))).rejects.toMatchObject({
      code: 'render.timeout',
      status: 504,
    });

    await vi.advanceTimersByTimeAsync(LIMITS.renderMilliseconds);

    await answer;
  });

  it('lets no further call begin when it is over', async () => {
    let wakeUp = () => {};
    const asleep = new Promise<void>((resolve) => {
      wakeUp = resolve;
    });
    let late: Promise<unknown> = Promise.resolve();
    const answer = expect(
      withinTimeLimit(async () => {
        await asleep;
        late = run(onCanvas(drawScene(20, 10)).png(), 'memory');
        return late;
      }),
    ).rejects.toMatchObject({ code: 'render.timeout' });
    await vi.advanceTimersByTimeAsync(LIMITS.renderMilliseconds);
    await answer;

    wakeUp();
    await asleep;
    await vi.advanceTimersByTimeAsync(0);

    await expect(late).rejects.toMatchObject({ code: 'render.timeout' });
  });

  it('leaves finished work alone and no timer behind', async () => {
    await expect(withinTimeLimit(async () => 7)).resolves.toBe(7);
    await expect(withinTimeLimit(() => Promise.reject(new Error('other')))).rejects.toThrow('other');

    expect(vi.getTimerCount()).toBe(0);
  });
});
