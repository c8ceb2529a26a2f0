import { describe, expect, test } from 'vitest';
import { keepsColourSamples } from '../../../../lambda/core/render/output/colour-samples.ts';
import type { Losses } from '../../../../lambda/core/render/output/losses.ts';
import { encoderQuality } from '../../../../lambda/core/render/output/quality.ts';

const QUALITIES = Array.from({ length: 100 }, (_, index) => index + 1);

describe.each(['betterJpeg', 'webp', 'betterWebp', 'avif', 'betterAvif'] as const)('the scale of %s', (encoder) => {
  const own = QUALITIES.map((quality) => encoderQuality(encoder, quality));

  test('rises with quality, in whole numbers from 1 to 100', () => {
    expect(own).toEqual(own.toSorted((a, b) => a - b));
    expect(own.every(Number.isInteger)).toBe(true);
    expect([own.at(0), own.at(-1)]).toEqual([1, 100]);
  });
});

test.each([
  [20, 13, 20, 18, 23],
  [40, 45, 39, 36, 44],
  [60, 72, 49, 46, 64],
  [80, 85, 65, 62, 82],
  [95, 99, 95, 94, 96],
])(
  'quality %i looks the same from WebP %i, AVIF %i, better AVIF %i and JPEG %i',
  (quality, webp, avif, better, jpeg) => {
    expect(encoderQuality('webp', quality)).toBe(webp);
    expect(encoderQuality('avif', quality)).toBe(avif);
    expect(encoderQuality('betterAvif', quality)).toBe(better);
    expect(encoderQuality('betterWebp', quality)).toBe(webp);
    expect(encoderQuality('betterJpeg', quality)).toBe(jpeg);
  },
);

/** Means over the pictures of docs/performance.md. */
const MEAN: Losses = {
  ...{ worst: -3.6, coarse: -7.4, middle: -5.7, fine: -3.4, wide: -2.3, colour: -9.5, dark: 0.2, brightness: 1 },
};
const look = (change: Partial<Losses> = {}) => ({ losses: { ...MEAN, ...change }, pixels: 200_000 });

describe.each(['jpeg', 'betterJpeg', 'webp', 'betterWebp', 'avif', 'betterAvif'] as const)(
  'the number that %s is told',
  (encoder) => {
    test.each([
      ['the mean one', {}],
      [
        'one that loses nothing',
        { worst: -13.8, coarse: -13.8, middle: -13.8, fine: -13.8, wide: -13.8, colour: -13.8 },
      ],
      ['one that loses much', { worst: -1.5, coarse: -6, middle: -4, fine: -1 }],
      ['a colourful one', { colour: -5 }],
      ['a dark one', { dark: 1, brightness: 0.1 }],
    ])('rises with quality for a picture that is %s', (_, change) => {
      const own = QUALITIES.map((quality) => encoderQuality(encoder, quality, look(change)));

      expect(own).toEqual(own.toSorted((a, b) => a - b));
      expect(Math.min(...own)).toBeGreaterThanOrEqual(1);
      expect(own.at(-1)).toBe(100);
    });

    test('is higher for a picture that loses more, within bounds, and its own from 95 on', () => {
      const told = (change: Partial<Losses>, quality = 80) => encoderQuality(encoder, quality, look(change));

      expect(told({ worst: -3 })).toBeGreaterThan(told({ worst: -4.2 }));
      expect(told({ worst: 9 })).toBe(told({ worst: 99 }));
      expect(told({ worst: -99 })).toBe(told({ worst: -30 }));
      expect(told({ worst: -2 }, 95)).toBe(encoderQuality(encoder, 95));
    });

    test('is near its own for the mean picture', () => {
      expect(Math.abs(encoderQuality(encoder, 80, look()) - encoderQuality(encoder, 80))).toBeLessThanOrEqual(3);
    });
  },
);

test('colours that are kept ask for no higher number', () => {
  for (const encoder of ['jpeg', 'webp'] as const)
    expect(encoderQuality(encoder, 80, look({ colour: -7.8 }))).toBeLessThanOrEqual(
      encoderQuality(encoder, 80, look({ colour: -8 })),
    );
});

test('a large AVIF, whose colours are thinned, is told a higher number than one whose colours are kept', () => {
  expect(encoderQuality('avif', 80, { pixels: 4_000_000 })).toBe(68);
  expect(encoderQuality('avif', 80, { pixels: 3_000_000 })).toBe(65);
  expect(encoderQuality('avif', 90, { pixels: 4_000_000 })).toBe(encoderQuality('avif', 90));
});

test('JPEG is the scale; PNG and GIF have none', () => {
  for (const format of ['jpeg', 'png', 'gif'] as const) expect(encoderQuality(format, 37)).toBe(37);
});

describe('colours as fine as brightness', () => {
  const kept = (format: 'jpeg' | 'webp' | 'avif', colour?: number, pixels = 200_000) =>
    [20, 80, 89, 90, 100].map((quality) =>
      keepsColourSamples(format, quality, { pixels, ...(colour !== undefined && { losses: { ...MEAN, colour } }) }),
    );

  test.each(['jpeg', 'webp'] as const)('are kept by %s from 90 on, and of colourful pictures', (format) => {
    expect(kept(format)).toEqual([false, false, false, true, true]);
    expect(kept(format, -8)).toEqual([false, false, false, true, true]);
    expect(kept(format, -7)).toEqual([true, true, true, true, true]);
  });

  test('are kept by AVIF, but for large pictures', () => {
    expect(kept('avif')).toEqual([true, true, true, true, true]);
    expect(kept('avif', undefined, 3_000_001)).toEqual([false, false, false, true, true]);
  });
});
