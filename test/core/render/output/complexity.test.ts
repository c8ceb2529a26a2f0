import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { complexityOf } from '../../../../lambda/core/render/output/complexity.ts';
import { fromPixels, type Pixels, toPixels } from '../../../../lambda/core/render/picture/pixels.ts';

/** A picture whose every value is what `value` gives. */
function drawn(width: number, height: number, value: (x: number, y: number, channel: number) => number): Pixels {
  const data = Buffer.alloc(width * height * 3);
  for (let at = 0; at < data.length; at++) {
    const pixel = Math.floor(at / 3);
    data[at] = value(pixel % width, Math.floor(pixel / width), at % 3);
  }
  return { data, width, height, channels: 3, frames: 1 };
}

const smooth = drawn(200, 150, (x, y) => 100 + (x + y) / 4);
const noise = drawn(
  200,
  150,
  (x, y, channel) => 128 + (((x * 7919 + y * 104_729 + channel * 31) * 2_654_435_761) % 64),
);

const seen = (pixels: Pixels): number => complexityOf(pixels) ?? Number.NaN;

describe('the complexity of a picture', () => {
  it('is high for fine detail, low for what is smooth', () => {
    expect(seen(noise)).toBeGreaterThan(0.1);
    expect(seen(smooth)).toBeLessThan(-0.1);
  });

  it('is higher in the dark', () => {
    const dark = drawn(200, 150, (x, y) => (100 + (x + y) / 4) / 5);

    expect(seen(dark)).toBeGreaterThan(seen(smooth));
  });

  it('sees what is transparent as white', async () => {
    const clear = toPixels(
      await sharp(noise.data, { raw: { width: 200, height: 150, channels: 3 } })
        .ensureAlpha(0)
        .raw()
        .toBuffer({ resolveWithObject: true }),
      1,
    );
    const white = drawn(200, 150, () => 255);

    expect(seen(clear)).toBeCloseTo(seen(white), 10);
  });

  it('does not depend on how often it is asked, or on the size of the sides', async () => {
    expect(complexityOf(noise)).toBe(complexityOf(noise));
    for (const [width, height] of [
      [1, 1],
      [127, 900],
      [128, 128],
      [129, 3000],
      [3000, 130],
    ] as const) {
      const picture = toPixels(
        await fromPixels(noise).resize(width, height, { fit: 'fill' }).raw().toBuffer({ resolveWithObject: true }),
        1,
      );
      const isTold = width >= 128 && height >= 128;
      expect(Number.isFinite(complexityOf(picture))).toBe(isTold);
    }
  });
});
