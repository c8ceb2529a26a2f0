import type { OutputFormat } from '../../plan/plan.ts';

/** Quality where neither URL nor endpoint asks for one. */
export const DEFAULT_QUALITY = 80;

/** Encoders with a quality scale of their own; AVIF's two efforts score differently at the same number. */
export type QualityScale = 'webp' | 'avif' | 'finalAvif';

/** `[quality, the encoder's own quality]`, ascending. */
type Anchors = readonly (readonly [quality: number, own: number])[];

/**
 * One quality for all formats: what a JPEG of that quality looks like. The encoders' own scales differ, so each is told
 * the number at which its pictures score the same.
 *
 * Measured over 12 photographs at 560 pixels, as means of SSIMULACRA2. JPEG scores 37.8 at 20, 62.1 at 40, 71.8 at 60,
 * 75.9 at 70 and 81.5 at 80; the anchors are where the encoder's own curve passes these. The upper two were measured on
 * six of the photographs, with all colour samples (`keepsColourSamples`): JPEG scores 90.7 at 90 and 93.7 at 95. WebP ends
 * at 92.6. Above and below the scales meet; JPEG at 10 (-2.7) looks worse than the others can.
 */
const ANCHORS: Readonly<Record<QualityScale, Anchors>> = {
  webp: [
    [1, 1],
    [20, 13],
    [40, 45],
    [60, 72],
    [70, 78.5],
    [80, 85],
    [90, 94.5],
    [95, 99],
    [100, 100],
  ],
  avif: [
    [1, 1],
    [20, 23.5],
    [40, 41.5],
    [60, 51],
    [70, 56.5],
    [80, 68],
    [90, 87],
    [95, 95],
    [100, 100],
  ],
  finalAvif: [
    [1, 1],
    [20, 20],
    [40, 39],
    [60, 48.5],
    [70, 54.5],
    [80, 65.5],
    [90, 86],
    [95, 94],
    [100, 100],
  ],
};

/**
 * Whether colour is kept as fine as brightness. Below, thinned colour is not seen and saves JPEG a third of its bytes;
 * above, it is what limits the score of every format (90.3 for WebP).
 */
export const keepsColourSamples = (quality: number): boolean => quality >= 90;

/** An encoder's own quality for the product's, from 1 to 100; between the anchors on straight lines. */
export function encoderQuality(format: OutputFormat | QualityScale, quality: number): number {
  if (format !== 'webp' && format !== 'avif' && format !== 'finalAvif') return quality;
  const anchors = ANCHORS[format];
  const above = Math.max(
    1,
    anchors.findIndex(([of]) => of >= quality),
  );
  const [[low, least] = [1, 1], [high, most] = [100, 100]] = [anchors[above - 1], anchors[above]];
  return Math.round(least + ((quality - low) / (high - low)) * (most - least));
}
