import { LIMITS } from '../../../contract/limits.ts';
import { problem } from '../../kernel/problems.ts';
import { grouped } from '../grouped.ts';
import type { SourceHeader } from './header.ts';

/** @throws source.limit before anything reads a header */
export function guardBytes(source: Uint8Array): void {
  if (source.byteLength > LIMITS.sourceBytes) {
    throw tooLarge(`${grouped(LIMITS.sourceBytes)} bytes`, `${grouped(source.byteLength)} bytes`);
  }
}

/**
 * Refuses what would take too much memory or time, by the header alone: a few kilobytes can claim gigapixels.
 * @param frames frames that will be decoded
 * @throws source.limit
 */
export function guardSource({ size, format }: SourceHeader, frames: number): void {
  // The size in the file of a drawing costs nothing; the size at which it is drawn is checked later.
  if (format === 'svg') return;
  const side = Math.max(size.width, size.height);
  if (side > LIMITS.sourceSide)
    throw tooLarge(`${grouped(LIMITS.sourceSide)} pixels a side`, `${grouped(side)} pixels`);
  const pixels = size.width * size.height;
  const limit = format === 'avif' ? LIMITS.sourceAvifPixels : LIMITS.sourcePixels;
  if (pixels > limit) throw tooLarge(`${grouped(limit)} pixels`, `${grouped(pixels)} pixels`);
  if (frames > LIMITS.frames) throw tooLarge(`${grouped(LIMITS.frames)} frames`, `${grouped(frames)} frames`);
  if (pixels * frames > LIMITS.sourceFramesPixels) {
    throw tooLarge(
      `${grouped(LIMITS.sourceFramesPixels)} pixels in all frames together`,
      `${grouped(pixels * frames)} pixels`,
    );
  }
}

const tooLarge = (limit: string, actual: string) =>
  problem('source.limit', `A source may have at most ${limit} to be transformed, this has ${actual}.`);
