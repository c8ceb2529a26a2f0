import type { OutputFormat } from '../plan.ts';

export const DEFAULT_QUALITY = 80;

/**
 * One quality for all formats: what a JPEG of that quality looks like. The encoders' own scales differ, so each is told
 * the number at which its pictures score the same.
 *
 * The middle anchor is measured: over 17 photographs, at 800 pixels, JPEG 80 scores 79.5 on SSIMULACRA2; AVIF reaches
 * that between 60 (77.8) and its next step, WebP a little above 80 (75.7). Towards the ends the scales meet.
 */
const ANCHORS = {
  webp: [1, 83, 100],
  avif: [1, 62, 100],
} as const;

/** An encoder's own quality for the product's. */
export function encoderQuality(format: OutputFormat, quality: number): number {
  if (format !== 'webp' && format !== 'avif') return quality;
  const [least, middle, most] = ANCHORS[format];
  const value =
    quality <= DEFAULT_QUALITY
      ? least + ((quality - 1) / (DEFAULT_QUALITY - 1)) * (middle - least)
      : middle + ((quality - DEFAULT_QUALITY) / (100 - DEFAULT_QUALITY)) * (most - middle);
  return Math.round(value);
}
