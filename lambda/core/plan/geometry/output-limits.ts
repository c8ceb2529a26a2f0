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
 * The largest size of the same ratio within the limits; the very same where nothing is over them.
 * @param border pixels that are added on each side
 */
export function largestAllowed(size: Size, border: number): Size {
  const side = Math.max(1, LIMITS.outputSide - 2 * border);
  const factor = Math.min(
    side / Math.max(size.width, size.height),
    Math.sqrt(LIMITS.outputPixels / (size.width * size.height)),
  );
  if (factor >= 1) return size;
  return { width: Math.max(1, Math.floor(size.width * factor)), height: Math.max(1, Math.floor(size.height * factor)) };
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
