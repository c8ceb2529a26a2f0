import { BLOCK } from './block-transform.ts';

/** Sums of squares over some frequencies of a block. */
export interface Rounded {
  /** What is there. */
  readonly energy: number;
  /** What rounding to the steps of JPEG takes. */
  readonly error: number;
  /** What rounding to even, wide steps takes. */
  readonly wide: number;
}

/** @param block transformed (block-transform.ts) */
export function roundedAt(block: Float64Array, frequencies: Uint8Array): Rounded {
  let error = 0;
  let wide = 0;
  let energy = 0;
  // By index and without divisions: a third of the time.
  for (let index = 0; index < frequencies.length; index++) {
    const at = frequencies[index] as number;
    const value = Math.abs(block[at] as number);
    const left = value - Math.floor(value * (INVERSE_STEPS[at] as number) + 0.5) * (STEPS[at] as number);
    const leftByWide = value - Math.floor(value * INVERSE_WIDE_STEP + WIDE_ROUNDING) * WIDE_STEP;
    error += left * left;
    wide += leftByWide * leftByWide;
    energy += value * value;
  }
  return { error, wide, energy };
}

/** An even step, and what is rounded up of it: encoders that search drop what lies in between. */
const WIDE_STEP = 24;
const INVERSE_WIDE_STEP = 1 / WIDE_STEP;
const WIDE_ROUNDING = 0.35;

/** Steps of quality 80, of brightness (ITU-T T.81, table K.1, scaled as libjpeg does). */
const STEPS = Float64Array.from(
  [
    [16, 11, 10, 16, 24, 40, 51, 61],
    [12, 12, 14, 19, 26, 58, 60, 55],
    [14, 13, 16, 24, 40, 57, 69, 56],
    [14, 17, 22, 29, 51, 87, 80, 62],
    [18, 22, 37, 56, 68, 109, 103, 77],
    [24, 35, 55, 64, 81, 104, 113, 92],
    [49, 64, 78, 87, 103, 121, 120, 101],
    [72, 92, 95, 98, 112, 100, 103, 99],
  ].flat(),
  (step) => Math.floor((step * 40 + 50) / 100),
);

const INVERSE_STEPS = STEPS.map((step) => 1 / step);

/** Frequencies whose half waves in a block, across or down, whichever are more, are at least `from` and below `below`. */
const band = (from: number, below: number): Uint8Array =>
  Uint8Array.from(
    Array.from({ length: BLOCK * BLOCK }, (_, at) => at).filter((at) => {
      const higher = Math.max(at % BLOCK, Math.floor(at / BLOCK));
      return at > 0 && higher >= from && higher < below;
    }),
  );

export const COARSE = band(0, 2);
export const MIDDLE = band(2, 4);
export const FINE = band(4, BLOCK);
