import { LIMITS } from '../../../contract/limits.ts';
import { problem } from '../../errors.ts';
import type { Size } from './size.ts';

/** Refuses a picture that is larger than the product makes. @throws Problem transformation.limit */
export function checkOutputSize(size: Size): void {
  if (Math.max(size.width, size.height) > LIMITS.outputSide) {
    throw problem(
      'transformation.limit',
      `A side of the result may have ${LIMITS.outputSide} pixels; ${size.width} x ${size.height} was asked for.`,
    );
  }
  if (size.width * size.height > LIMITS.outputPixels) {
    throw problem(
      'transformation.limit',
      `The result may have ${LIMITS.outputPixels} pixels; ${size.width} x ${size.height} was asked for.`,
    );
  }
}
