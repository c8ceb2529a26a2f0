import { LIMITS } from '../../../contract/limits.ts';
import { problem } from '../../kernel/problems.ts';
import type { Size } from '../../plan/geometry/size.ts';
import { grouped } from '../grouped.ts';

/**
 * Refuses a result before it is made. The frames of an animation count together: all of them are in memory and encoded.
 * @throws transformation.limit
 */
export function guardOutput(size: Size, frames: number): void {
  if (fitsOutput(size, frames)) return;
  const { width, height } = size;
  const limit = `${grouped(LIMITS.outputSide)} pixels a side and ${grouped(LIMITS.outputPixels)} in all frames together`;
  const actual = `${width} x ${height}${frames > 1 ? ` in ${frames} frames` : ''}`;
  throw problem('transformation.limit', `A result may have at most ${limit}, this would have ${actual}.`);
}

export function fitsOutput({ width, height }: Size, frames: number): boolean {
  return Math.max(width, height) <= LIMITS.outputSide && width * height * frames <= LIMITS.outputPixels;
}
