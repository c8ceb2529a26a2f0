import type { Step } from '../plan.ts';
import { warpOf } from './distorted.ts';
import { layoutStep } from './layout.ts';
import { checkOutputSize } from './output-limits.ts';
import type { Size } from './size.ts';

/**
 * The size that comes out of a step: arranged, turned, with its border. Trimming depends on pixels and is left out.
 * @throws Problem as layoutStep does
 */
export function outputSizeAfter(step: Step, input: Size): Size {
  const arranged = turnedSize(layoutStep(step, input).output, typeof step.rotate === 'number' ? step.rotate : 0);
  const turned = step.distort ? warpOf(step.distort, arranged).output : arranged;
  const grown = 2 * (step.border?.width ?? 0);
  const output = { width: turned.width + grown, height: turned.height + grown };
  checkOutputSize(output);
  return output;
}

/** The bounding box of a turned rectangle, rounded as libvips does. */
export function turnedSize({ width, height }: Size, degrees: number): Size {
  if (degrees % 180 === 0) return { width, height };
  if (degrees % 90 === 0) return { width: height, height: width };
  const sine = Math.abs(Math.sin((degrees * Math.PI) / 180));
  const cosine = Math.abs(Math.cos((degrees * Math.PI) / 180));
  return { width: Math.round(width * cosine + height * sine), height: Math.round(width * sine + height * cosine) };
}
