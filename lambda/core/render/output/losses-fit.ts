import { isColourful, NO_COLOUR_LOST } from './colour-samples.ts';
import type { Losses } from './losses.ts';

/** How an encoder's own number at quality 80 follows the picture: a sum of its losses, within bounds. */
interface Fit extends Losses {
  readonly constant: number;
  readonly least: number;
  readonly most: number;
}

/*
 * Fitted over 119 pictures so that their SSIMULACRA2 comes nearest to 79.3, whatever the encoder (docs/performance.md).
 */

const JPEG: Fit = {
  ...{ worst: 7.34, coarse: 4.61, middle: -1.43, fine: -0.15, wide: -2.67 },
  ...{ colour: 1.56, dark: -1.55, brightness: -4.61 },
  ...{ constant: 64.54, least: -14, most: 10 },
};

const BETTER_JPEG: Fit = {
  ...{ worst: 8.05, coarse: 5.25, middle: -1.13, fine: -0.29, wide: -3.39 },
  ...{ colour: 1.1, dark: 1.64, brightness: -2.93 },
  ...{ constant: 65.13, least: -14, most: 10 },
};

const WEBP: Fit = {
  ...{ worst: 3.51, coarse: 6.22, middle: -0.71, fine: -1.06, wide: 0.97 },
  ...{ colour: 0.39, dark: 2.98, brightness: 0.23 },
  ...{ constant: 55.6, least: -16, most: 10 },
};

const AVIF: Fit = {
  ...{ worst: 5.6, coarse: 3.37, middle: 1.09, fine: 4.24, wide: -2.39 },
  ...{ colour: 0, dark: 3.06, brightness: -3.48 },
  ...{ constant: 60.83, least: -23, most: 15 },
};

/** More effort takes from a WebP or an AVIF what less effort takes. */
const FITS = {
  jpeg: JPEG,
  betterJpeg: BETTER_JPEG,
  webp: WEBP,
  betterWebp: WEBP,
  avif: AVIF,
  betterAvif: AVIF,
} as const;

/** What an encoder's number for quality 80 must be changed by, for the picture to score as others do. */
export function changeBy(encoder: keyof typeof FITS, losses: Losses): number {
  const fit = FITS[encoder];
  const lost = { ...losses, colour: isColourful(losses) ? NO_COLOUR_LOST : Math.max(NO_COLOUR_LOST, losses.colour) };
  const sum = FIGURES.reduce((change, figure) => change + fit[figure] * lost[figure], fit.constant);
  return Math.min(fit.most, Math.max(fit.least, sum));
}

const FIGURES = ['worst', 'coarse', 'middle', 'fine', 'wide', 'colour', 'dark', 'brightness'] as const;
