import { describe, expect, test } from 'vitest';
import { encoderQuality, keepsColourSamples } from '../../../../lambda/core/render/output/quality.ts';

const QUALITIES = Array.from({ length: 100 }, (_, index) => index + 1);

describe.each(['webp', 'avif', 'finalAvif'] as const)('the scale of %s', (encoder) => {
  const own = QUALITIES.map((quality) => encoderQuality(encoder, quality));

  test('rises with quality, in whole numbers from 1 to 100', () => {
    expect(own).toEqual(own.toSorted((a, b) => a - b));
    expect(own.every(Number.isInteger)).toBe(true);
    expect([own.at(0), own.at(-1)]).toEqual([1, 100]);
  });
});

test.each([
  [20, 13, 24, 20],
  [40, 45, 42, 39],
  [60, 72, 51, 49],
  [80, 85, 68, 66],
  [95, 99, 95, 94],
])('quality %i looks the same from WebP %i, quick AVIF %i and final AVIF %i', (quality, webp, avif, finalAvif) => {
  expect(encoderQuality('webp', quality)).toBe(webp);
  expect(encoderQuality('avif', quality)).toBe(avif);
  expect(encoderQuality('finalAvif', quality)).toBe(finalAvif);
});

test('JPEG is the scale; PNG and GIF have none', () => {
  for (const format of ['jpeg', 'png', 'gif'] as const) expect(encoderQuality(format, 37)).toBe(37);
});

test('colour is thinned below 90', () => {
  expect([80, 89, 90, 100].map(keepsColourSamples)).toEqual([false, false, true, true]);
});
