import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { isColourful } from '../../../../lambda/core/render/output/colour-samples.ts';
import { type Losses, lossesOf } from '../../../../lambda/core/render/output/losses.ts';
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

const flat = drawn(200, 150, () => 120);
const smooth = drawn(200, 150, (x, y) => 100 + (x + y) / 4);
const noise = drawn(200, 150, (x, y) => 128 + (((x * 7919 + y * 104_729) * 2_654_435_761) % 64));
/** Lines of one pixel, red and green of one brightness. */
const colourLines = drawn(
  200,
  150,
  (x, _, channel) => [[200, 0, 60][channel] ?? 0, [0, 102, 60][channel] ?? 0][x % 2] ?? 0,
);

const seen = (pixels: Pixels): Losses => {
  const losses = lossesOf(pixels);
  if (!losses) throw new Error('The picture was not looked at');
  return losses;
};

describe('what encoders take from a picture', () => {
  it('is nothing where all is flat', () => {
    const nothing = Math.log(1e-6);

    const { dark, brightness, ...losses } = seen(flat);

    expect(Object.values(losses)).toEqual(Object.values(losses).map(() => nothing));
    expect([dark, brightness]).toEqual([0, 1.2]);
  });

  it('is much of fine detail, little of what is smooth', () => {
    for (const figure of ['worst', 'fine'] as const)
      expect(seen(noise)[figure]).toBeGreaterThan(seen(smooth)[figure] + 1);
  });

  it('grows where differences are fainter, as everything is that steps are wider than', () => {
    const faint = drawn(200, 150, (x, y) => 128 + (((x * 7919 + y * 104_729) * 2_654_435_761) % 16));

    expect(seen(faint).fine).toBeGreaterThan(seen(noise).fine);
  });

  it('says how dark the picture is', () => {
    const halfDark = drawn(200, 160, (_, y) => (y < 80 ? 20 : 200));

    expect(seen(halfDark).dark).toBeCloseTo(0.5, 1);
    expect(seen(halfDark).brightness).toBeCloseTo(1.1, 0);
  });

  it('is colours where they are as fine as pixels, and none of a grey picture', () => {
    expect(isColourful(seen(colourLines))).toBe(true);
    expect([noise, smooth, flat].map((pixels) => isColourful(seen(pixels)))).toEqual([false, false, false]);
  });

  it('is that of white where the picture is transparent', async () => {
    const clear = toPixels(
      await sharp(noise.data, { raw: { width: 200, height: 150, channels: 3 } })
        .ensureAlpha(0)
        .raw()
        .toBuffer({ resolveWithObject: true }),
      1,
    );
    const white = drawn(200, 150, () => 255);

    expect(seen(clear)).toEqual(seen(white));
  });

  it('does not depend on how often it is asked, or on the size of the sides', async () => {
    expect(lossesOf(noise)).toEqual(lossesOf(noise));
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
      const losses = lossesOf(picture);
      expect(losses !== undefined).toBe(width >= 128 && height >= 128);
      expect(Object.values(losses ?? {}).every(Number.isFinite)).toBe(true);
    }
  });
});
