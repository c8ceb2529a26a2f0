import { describe, expect, test } from 'vitest';
import { encoderQuality, keepsColourSamples } from '../../../../lambda/core/render/output/quality.ts';

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
  [20, 13, 24, 20, 23],
  [40, 45, 42, 39, 44],
  [60, 72, 51, 49, 64],
  [80, 85, 68, 66, 82],
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

describe.each(['jpeg', 'betterJpeg', 'webp', 'betterWebp', 'avif', 'betterAvif'] as const)(
  'the number that %s is told',
  (encoder) => {
    test.each([-1, -0.2, -0.1, 0, 0.1, 0.25, 2])('rises with quality for a picture of complexity %d', (complexity) => {
      const own = QUALITIES.map((quality) => encoderQuality(encoder, quality, complexity));

      expect(own).toEqual(own.toSorted((a, b) => a - b));
      expect(Math.min(...own)).toBeGreaterThanOrEqual(1);
      expect(own.at(-1)).toBe(100);
    });

    test('is higher for a complex picture, and its own from 95 on', () => {
      expect(encoderQuality(encoder, 80, 0.2)).toBeGreaterThan(encoderQuality(encoder, 80, -0.1));
      expect(encoderQuality(encoder, 95, 0.2)).toBe(encoderQuality(encoder, 95));
    });
  },
);

test('JPEG is the scale; PNG and GIF have none', () => {
  for (const format of ['jpeg', 'png', 'gif'] as const) expect(encoderQuality(format, 37)).toBe(37);
});

test('colour is thinned below 90', () => {
  expect([80, 89, 90, 100].map(keepsColourSamples)).toEqual([false, false, true, true]);
});
