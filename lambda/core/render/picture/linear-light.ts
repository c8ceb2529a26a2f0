import type { Size } from '../../plan/geometry/size.ts';
import { wholePixels } from '../../plan/geometry/size.ts';

/** Pixels of a source from which on the decoder shrinks so much that the rest is cheap. */
const LARGE_SOURCE = 4_000_000;

/** Pixels of a result up to which linear light is affordable: above it costs more than 1.6 times the processor. */
const SMALL_RESULT = 300_000;

/** Parts of their size at which JPEG decoders deliver a picture for less (libjpeg, `scale_denom`). */
const SHRINKS = [8, 4, 2];

/** How much larger than the result a picture must be, for the step that is left to make the difference. */
const ENOUGH = 1.35;

/** Where half the source is larger than this, it is scaled down a little more first. */
const TOO_MUCH = 2.1;
const SCALED = 1.5;

/**
 * Light adds up linearly, sRGB's numbers do not: scaled as they are, fine bright detail becomes too dark. To do all of it in
 * linear light would take five times the processor, for decoders shrink while they read, in sRGB. So the last step alone
 * is linear, from a size at which the decoder delivers; that is where nearly all of the difference comes from (measured:
 * benchmarks/README.md).
 * @returns the size from which on to scale in linear light; undefined where that is not worth its price
 */
export function linearFrom(source: Size, result: Size): Size | undefined {
  if (area(source) < LARGE_SOURCE || area(result) > SMALL_RESULT) return undefined;
  const ratio = Math.min(source.width / result.width, source.height / result.height);
  const shrink = SHRINKS.find((one) => ratio / one >= ENOUGH);
  if (shrink === undefined) return undefined;
  if (shrink === 2 && ratio / shrink > TOO_MUCH) return times(result, SCALED);
  return { width: Math.ceil(source.width / shrink), height: Math.ceil(source.height / shrink) };
}

const times = ({ width, height }: Size, factor: number): Size => ({
  width: wholePixels(width * factor),
  height: wholePixels(height * factor),
});

const area = ({ width, height }: Size): number => width * height;
