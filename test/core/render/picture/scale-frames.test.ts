import { describe, expect, it } from 'vitest';
import type { Pixels } from '../../../../lambda/core/render/picture/pixels.ts';
import { scaleFrames } from '../../../../lambda/core/render/picture/scale-frames.ts';

const COLOURS = [
  [200, 10, 20],
  [10, 200, 20],
  [10, 20, 200],
] as const;

/** Three frames of 8 x 6, each of one colour. */
const frames = (alpha: number): Pixels => ({
  data: Buffer.from(COLOURS.flatMap((colour) => Array.from({ length: 48 }, () => [...colour, alpha]).flat())),
  ...{ width: 8, height: 6, channels: 4, frames: 3 },
});

describe('frames that are scaled', () => {
  it.each([
    { width: 4, height: 3 },
    { width: 11, height: 5 },
  ])(
    'keep their colours and lose a transparency that shows nothing, which takes most of the time: %o',
    async (size) => {
      const scaled = await scaleFrames(frames(255), size, 'lanczos3');

      const { width, height } = size;
      const expected = COLOURS.flatMap((colour) => Array.from({ length: width * height }, () => colour).flat());
      expect(scaled).toMatchObject({ ...size, channels: 3, frames: 3 });
      expect([...scaled.data]).toEqual(expected);
    },
  );

  it('keep a transparency that shows something', async () => {
    const pixels = frames(255);
    pixels.data[3] = 0;

    const scaled = await scaleFrames(pixels, { width: 4, height: 3 }, 'lanczos3');

    expect(scaled.channels).toBe(4);
    expect(scaled.data[3]).toBeLessThan(255);
    expect(scaled.data.at(-1)).toBe(255);
  });
});
