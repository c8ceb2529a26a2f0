import { LIMITS } from '../../../contract/limits.ts';
import { problem } from '../../kernel/problems.ts';
import type { Size } from './size.ts';

/**
 * Longest side of the scaled image before it is cropped. Only the part that is kept is computed, but libvips has no
 * coordinates above 10 million, and a strip of one pixel would be scaled beyond them.
 */
const SCALED_SIDE = 1_000_000;

/** Refuses a picture that is larger than the product makes. @throws Problem transformation.limit */
export function checkOutputSize(size: Size): void {
  if (Math.max(size.width, size.height) > LIMITS.outputSide) {
    throw problem(
      'transformation.limit',
      `A side of the result may have at most ${LIMITS.outputSide} pixels; ${size.width} x ${size.height} was asked for.`,
    );
  }
  if (size.width * size.height > LIMITS.outputPixels) {
    throw problem(
      'transformation.limit',
      `The result may have at most ${LIMITS.outputPixels} pixels; ${size.width} x ${size.height} was asked for.`,
    );
  }
}

/**
 * How much smaller a picture must become to be within the limits: 1 where nothing is over them, 0 where its border alone is.
 * @param border pixels that are added on each side
 */
export function factorWithin({ width, height }: Size, border: number): number {
  const edge = 2 * border;
  const left = LIMITS.outputPixels - edge ** 2;
  if (left <= 0) return 0;
  const side = Math.max(1, LIMITS.outputSide - edge) / Math.max(width, height);
  // (width * factor + edge) * (height * factor + edge) pixels are as many as there may be.
  const [area, linear] = [width * height, edge * (width + height)];
  const pixels = (Math.sqrt(linear ** 2 + 4 * area * left) - linear) / (2 * area);
  return Math.min(1, side, pixels);
}

/** The same ratio in whole pixels, never more than its part. @param factor at most 1, which changes nothing */
export const madeSmaller = ({ width, height }: Size, factor: number): Size => ({
  width: Math.max(1, Math.floor(width * factor)),
  height: Math.max(1, Math.floor(height * factor)),
});

/** Refuses the extreme scaling that a very narrow source would need. @throws Problem transformation.limit */
export function checkScaledSize(size: Size): void {
  if (Math.max(size.width, size.height) > SCALED_SIDE) {
    throw problem(
      'transformation.limit',
      `To fill this size the image would have to be scaled to ${size.width} x ${size.height}; a side may have at most ${SCALED_SIDE} pixels.`,
    );
  }
}
