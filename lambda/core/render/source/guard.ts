import { LIMITS } from '../../../contract/limits.ts';
import { problem } from '../../kernel/problems.ts';
import type { Size } from '../../plan/geometry/layout.ts';
import type { SourceHeader } from './header.ts';

/** With commas between thousands. `toLocaleString` would load tables for a tenth of a second. */
const number = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

/** @throws source.limit before anything reads a header */
export function guardBytes(source: Uint8Array): void {
  if (source.byteLength > LIMITS.sourceBytes) {
    throw tooLarge(`${number(LIMITS.sourceBytes)} bytes`, `${number(source.byteLength)} bytes`);
  }
}

/**
 * Refuses what would take too much memory or time, by the header alone: a few kilobytes can claim gigapixels.
 * @param frames frames that will be decoded
 * @throws source.limit
 */
export function guardSource({ size, format }: SourceHeader, frames: number): void {
  // The size of a drawing is a wish; what counts is at which size it is drawn.
  if (format === 'svg') return;
  const side = Math.max(size.width, size.height);
  if (side > LIMITS.sourceSide) throw tooLarge(`${number(LIMITS.sourceSide)} pixels a side`, `${number(side)} pixels`);
  const pixels = size.width * size.height;
  const limit = format === 'avif' ? LIMITS.sourceAvifPixels : LIMITS.sourcePixels;
  if (pixels > limit) throw tooLarge(`${number(limit)} pixels`, `${number(pixels)} pixels`);
  if (frames > LIMITS.frames) throw tooLarge(`${number(LIMITS.frames)} frames`, `${number(frames)} frames`);
  if (pixels * frames > LIMITS.sourceFramesPixels) {
    throw tooLarge(
      `${number(LIMITS.sourceFramesPixels)} pixels in all frames together`,
      `${number(pixels * frames)} pixels`,
    );
  }
}

const tooLarge = (limit: string, actual: string) =>
  problem('source.limit', `A source may have ${limit} to be transformed, this has ${actual}.`);

/**
 * Refuses a result before it is made. The frames of an animation count together: all of them are in memory and encoded.
 * @throws transformation.limit
 */
export function guardOutput(size: Size, frames: number): void {
  if (fitsOutput(size, frames)) return;
  const { width, height } = size;
  const limit = `${number(LIMITS.outputSide)} pixels a side and ${number(LIMITS.outputPixels)} in all frames together`;
  const actual = `${width} x ${height}${frames > 1 ? ` in ${frames} frames` : ''}`;
  throw problem('transformation.limit', `A result may have ${limit}, this would have ${actual}.`);
}

export function fitsOutput({ width, height }: Size, frames: number): boolean {
  return Math.max(width, height) <= LIMITS.outputSide && width * height * frames <= LIMITS.outputPixels;
}
