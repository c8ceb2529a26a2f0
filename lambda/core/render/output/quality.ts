import type { OutputFormat } from '../../plan/plan.ts';
import { keepsColourSamples, type Look, MOST_THINNED } from './colour-samples.ts';
import { changeBy } from './losses-fit.ts';

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
 * 81.5 and 89. AVIF's up to 80 were measured over 51 of them, with all colour samples, where JPEG scores 34.8 at 20, 60.7, 70.4,
 * 75.2 and 80.7.
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
    [20, 19.5],
    [40, 39],
    [60, 49],
    [70, 55],
    [80, 65],
    [90, 87],
    [95, 95],
    [100, 100],
  ],
  betterAvif: [
    [1, 1],
    [20, 18],
    [40, 36],
    [60, 46],
    [70, 52.5],
    [80, 61.5],
    [90, 86],
    [95, 94],
    [100, 100],
  ],
};

/**
 * An encoder's own quality for the product's, from 1 to 100; between the anchors on straight lines.
 * @param look at the picture, by whose losses the encoder is told more or less than for the mean one
 */
export function encoderQuality(format: OutputFormat | QualityScale, quality: number, look?: Look): number {
  if (format === 'png' || format === 'gif') return quality;
  const own = format === 'jpeg' ? quality : onScale(ANCHORS[format], quality);
  const isThinned = isAvif(format) && look !== undefined && !keepsColourSamples('avif', quality, look);
  const thinned = isThinned ? THINNED_AVIF * Math.min(1, (MOST_THINNED - quality) / 10) : 0;
  const change = look?.losses ? changeBy(format, look.losses) * adaptation(quality) : 0;
  return Math.round(Math.min(100, Math.max(1, own + thinned + change)));
}

const isAvif = (scale: OutputFormat | QualityScale): boolean => scale === 'avif' || scale === 'betterAvif';

/** Part of the change that is made: all of it for what the web uses, none at either end, where one number is as good as another. */
const adaptation = (quality: number): number =>
  Math.max(0, Math.min(1, quality / 40, (ADAPTED_BELOW - quality) / (ADAPTED_BELOW - 80)));

/** Quality from which on pictures are not looked at. */
export const ADAPTED_BELOW = 95;

/** What thinned colours of an AVIF take from its score, in the encoder's own numbers. */
const THINNED_AVIF = 2.5;

function onScale(anchors: Anchors, quality: number): number {
  const above = Math.max(
    1,
    anchors.findIndex(([of]) => of >= quality),
  );
  const [[low, least] = [1, 1], [high, most] = [100, 100]] = [anchors[above - 1], anchors[above]];
  return least + ((quality - low) / (high - low)) * (most - least);
}
