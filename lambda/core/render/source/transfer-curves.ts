/** How stored numbers become light, both from 0 to 1: a power, or a curve. */
export type Curve = number | ((stored: number) => number);

/** IEC 61966-2-1. */
export const srgb: Curve = (stored) => (stored <= 0.04045 ? stored / 12.92 : ((stored + 0.055) / 1.055) ** 2.4);

/** Candelas a square metre of white paper in a picture of high dynamic range (ITU-R BT.2408, table 1). */
const PAPER = 203;

/** Brightest light that PQ can say, and that an HLG screen is taken to have (ITU-R BT.2100, tables 4 and 5). */
const PQ_PEAK = 10_000;
const HLG_PEAK = 1000;

/** ITU-R BT.2100, table 4: the light that a number stands for is absolute. */
export const pq: Curve = (stored) => {
  const [m1, m2, c1, c2, c3] = [2610 / 16_384, 2523 / 32, 3424 / 4096, 2413 / 128, 2392 / 128];
  const power = stored ** (1 / m2);
  return onPaper((PQ_PEAK * (Math.max(0, power - c1) / (c2 - c3 * power)) ** (1 / m1)) / PAPER);
};

/** ITU-R BT.2100, table 5, with its system gamma for each channel alone. */
export const hlg: Curve = (stored) => {
  const [a, b, c] = [0.17883277, 0.28466892, 0.55991073];
  const scene = stored <= 0.5 ? stored ** 2 / 3 : (Math.exp((stored - c) / a) + b) / 12;
  return onPaper((HLG_PEAK * scene ** 1.2) / PAPER);
};

/** Light that is shown as it is; what is brighter, up to the brightest, shares the rest. */
const KNEE = 0.75;

/** Highlights are pressed together, as a screen of standard range must do; what is no brighter than paper hardly changes. */
const onPaper = (light: number): number =>
  light <= KNEE ? light : 1 - (1 - KNEE) * Math.exp(-(light - KNEE) / (1 - KNEE));
