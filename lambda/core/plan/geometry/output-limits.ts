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

/** Refuses the extreme scaling that a very narrow source would need. @throws Problem transformation.limit */
export function checkScaledSize(size: Size): void {
  if (Math.max(size.width, size.height) > SCALED_SIDE) {
    throw problem(
      'transformation.limit',
      `To fill this size the image would have to be scaled to ${size.width} x ${size.height}; a side may have at most ${SCALED_SIDE} pixels.`,
    );
  }
}
