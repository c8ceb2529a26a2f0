import type { Size } from '../geometry/size.ts';
import { wholePixels } from '../geometry/size.ts';

/** Pixels of a source from which on the decoder shrinks so much that the rest is cheap. */
const LARGE_SOURCE = 4_000_000;

/** Pixels of a result up to which linear light costs at most half as much again. */
const SMALL_RESULT = 500_000;

/** By how much the first of both steps stays larger than the result: more where that costs little beside the decoding. */
const FAR = { ratio: 50, factor: 2 } as const;
const NEAR = { factor: 1.5 } as const;

/**
 * Light adds up linearly, sRGB's numbers do not: scaled as they are, fine bright detail becomes too dark. To do all of it in
 * linear light would take five times the processor, for decoders shrink while they read, in sRGB. So the last step alone
 * is linear, from twice the size; that is where nearly all of the difference comes from (measured: benchmarks/README.md).
 * @returns the size from which on to scale in linear light; undefined where that is not worth its price
 */
export function linearFrom(source: Size, result: Size): Size | undefined {
  if (area(source) < LARGE_SOURCE || area(result) > SMALL_RESULT) return undefined;
  const { factor } = area(source) / area(result) >= FAR.ratio ? FAR : NEAR;
  const between = { width: wholePixels(result.width * factor), height: wholePixels(result.height * factor) };
  return between.width < source.width && between.height < source.height ? between : undefined;
}

const area = ({ width, height }: Size): number => width * height;
