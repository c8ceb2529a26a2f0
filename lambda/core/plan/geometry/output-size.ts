import type { Step } from '../plan.ts';
import { warpOf } from './distorted.ts';
import { layoutStep } from './layout.ts';
import { checkOutputSize, factorWithin, madeSmaller } from './output-limits.ts';
import type { Size } from './size.ts';
import { sameSize } from './size.ts';

/**
 * The size that comes out of a step: arranged, turned, with its border. Trimming depends on pixels and is left out.
 * @throws Problem as layoutStep does
 */
export function outputSizeAfter(step: Step, input: Size): Size {
  const border = step.border?.width ?? 0;
  const degrees = typeof step.rotate === 'number' ? step.rotate : 0;
  const arranged = turnedSize(largestToTurn(layoutStep(step, input).output, degrees, border), degrees);
  const turned = step.distort ? warpOf(step.distort, arranged).output : arranged;
  const grown = 2 * border;
  const output = { width: turned.width + grown, height: turned.height + grown };
  checkOutputSize(output);
  return output;
}

/**
 * The largest picture of the same ratio that is within the limits when it is turned. A turn of 90 degrees makes nothing larger.
 * @param border pixels that are added on each side
 */
export function largestToTurn(size: Size, degrees: number, border: number): Size {
  if (degrees % 90 === 0) return size;
  for (let factor = factorWithin(turnedSize(size, degrees), border); ; factor *= 0.999) {
    const smaller = factor === 1 ? size : madeSmaller(size, factor);
    // Each of three sides is rounded.
    if (factorWithin(turnedSize(smaller, degrees), border) === 1 || sameSize(smaller, ONE_PIXEL)) return smaller;
  }
}

const ONE_PIXEL: Size = { width: 1, height: 1 };

/** The bounding box of a turned rectangle, rounded as libvips does. */
export function turnedSize({ width, height }: Size, degrees: number): Size {
  if (degrees % 180 === 0) return { width, height };
  if (degrees % 90 === 0) return { width: height, height: width };
  const sine = Math.abs(Math.sin((degrees * Math.PI) / 180));
  const cosine = Math.abs(Math.cos((degrees * Math.PI) / 180));
  return { width: Math.round(width * cosine + height * sine), height: Math.round(width * sine + height * cosine) };
}
