import { expect, test } from 'vitest';
import type { EmbeddedMetadata } from '../../../../lambda/core/library/store/embedded-metadata.ts';
import { summaryOfPicture } from '../../../../lambda/core/library/summary/summary-of-picture.ts';

const of = (embedded: EmbeddedMetadata) => summaryOfPicture({ hasTransparency: false }, embedded);

test('a moment has the zone that the camera names, else UTC; one that is none is left out', () => {
  const DateTimeOriginal = '2026-11-25T10:20:30.000Z';

  expect(of({ DateTimeOriginal, OffsetTimeOriginal: '+02:00' }).takenAt).toBe('2026-11-25T08:20:30.000Z');
  expect(of({ DateTimeOriginal, OffsetTimeOriginal: 'summer' }).takenAt).toBe(DateTimeOriginal);
  expect(of({ DateTimeOriginal: '0000:00:00 00:00:00' })).toEqual({ hasAlpha: false });
});

test('a place is degrees with a sign; one beyond the poles is left out', () => {
  const west = { GPSLongitude: [70, 30, 0], GPSLongitudeRef: 'W' };

  expect(of({ GPSLatitude: [33, 26, 15], GPSLatitudeRef: 'S', ...west }).takenIn).toEqual({
    latitude: -33.4375,
    longitude: -70.5,
  });
  expect(of({ GPSLatitude: [91, 0, 0], GPSLatitudeRef: 'N', ...west })).toEqual({ hasAlpha: false });
  expect(of({ GPSLatitude: [33, 26, 15], GPSLatitudeRef: 'S' })).toEqual({ hasAlpha: false });
});

test('keywords are bounded in number and length', () => {
  const { keywords = [] } = of({ Keywords: Array.from({ length: 80 }, (_, index) => `${index} ${'a'.repeat(200)}`) });

  expect(keywords).toHaveLength(50);
  expect(keywords[0]).toHaveLength(100);
});
