import type { OutputFormat } from '../../plan/plan.ts';

/** Quality where neither URL nor endpoint asks for one. */
export const DEFAULT_QUALITY = 80;

/** Encoders with a quality scale of their own; what is encoded with care scores differently at the same number. */
export type QualityScale = 'betterJpeg' | 'webp' | 'betterWebp' | 'avif' | 'betterAvif';

/** `[quality, the encoder's own quality]`, ascending. */
type Anchors = readonly (readonly [quality: number, own: number])[];

/** More effort gives WebP fewer bytes at the same score (82.7 at 86, of either). */
const WEBP: Anchors = [
  [1, 1],
  [20, 13],
  [40, 45],
  [60, 72],
  [70, 78.5],
  [80, 85],
  [90, 94.5],
  [95, 99],
  [100, 100],
];

/**
 * One quality for all formats: what a JPEG of that quality looks like. The encoders' own scales differ, so each is told
 * the number at which its pictures score the same.
 *
 * Measured over 12 photographs at 560 pixels, as means of SSIMULACRA2. JPEG scores 37.8 at 20, 62.1 at 40, 71.8 at 60,
 * 75.9 at 70 and 81.5 at 80; the anchors are where the encoder's own curve passes these. The upper two were measured on
 * six of the photographs, with all colour samples (`keepsColourSamples`): JPEG scores 90.7 at 90 and 93.7 at 95. WebP ends
 * at 92.6. Above and below the scales meet; JPEG at 10 (-2.7) looks worse than the others can. mozjpeg's was measured over 49
 * pictures (docs/performance.md): it scores 75.6 at 70, 79.8 at 77, 82.9 at 83 and 86.8 at 90, where JPEG scores as much at 66, 75,
 * 81.5 and 89.
 */
const ANCHORS: Readonly<Record<QualityScale, Anchors>> = {
  betterJpeg: [
    [1, 1],
    [20, 23],
    [40, 44],
    [60, 64],
    [70, 73],
    [80, 81.5],
    [90, 91],
    [95, 95.5],
    [100, 100],
  ],
  webp: WEBP,
  betterWebp: WEBP,
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
  betterAvif: [
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

/** Encoder's numbers for a complexity of 1, where the encoder's own number for quality 80 lies. */
const STEPS: Readonly<Record<'jpeg' | QualityScale, number>> = {
  ...{ jpeg: 42, betterJpeg: 38, webp: 30, betterWebp: 30, avif: 52, betterAvif: 52 },
};

/** A complexity that changes nothing: busy pictures get more bytes, smooth ones fewer, and the mean picture a little fewer, too. */
const NO_CHANGE = 0.06;

/** How far complexity is believed. Drawings look smooth to it, and their edges show what is taken from them: so less far down. */
const [LEAST_CHANGE, MOST_CHANGE] = [-0.12, 0.25];

/**
 * An encoder's own quality for the product's, from 1 to 100; between the anchors on straight lines.
 * @param complexity of the picture (complexity.ts), by which the encoder is told more or less than for the mean one; undefined
 * where nobody looked
 */
export function encoderQuality(format: OutputFormat | QualityScale, quality: number, complexity?: number): number {
  if (format === 'png' || format === 'gif') return quality;
  const own = format === 'jpeg' ? quality : onScale(ANCHORS[format], quality);
  if (complexity === undefined) return Math.round(own);
  const change = Math.min(MOST_CHANGE, Math.max(LEAST_CHANGE, complexity - NO_CHANGE));
  return Math.round(Math.min(100, Math.max(1, own + change * STEPS[format] * adaptation(quality))));
}

/** Part of the change that is made: all of it for what the web uses, none at either end, where one number is as good as another. */
const adaptation = (quality: number): number =>
  Math.max(0, Math.min(1, quality / 40, (ADAPTED_BELOW - quality) / (ADAPTED_BELOW - 80)));

/** Quality from which on pictures are not looked at. */
export const ADAPTED_BELOW = 95;

function onScale(anchors: Anchors, quality: number): number {
  const above = Math.max(
    1,
    anchors.findIndex(([of]) => of >= quality),
  );
  const [[low, least] = [1, 1], [high, most] = [100, 100]] = [anchors[above - 1], anchors[above]];
  return least + ((quality - low) / (high - low)) * (most - least);
}
