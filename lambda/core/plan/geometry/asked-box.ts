import type { Length, Step } from '../plan.ts';
import type { Size } from './size.ts';
import { largestOfRatio, wholePixels } from './size.ts';

/** The sides that a step asks for. */
export interface AskedBox extends Size {
  /** `one`: the other side follows from the image's own ratio. */
  readonly sides: 'one' | 'both';
}

/** Sides between which a device pixel ratio counts; outside it is left out (ImageKit, "dpr"). */
const DPR_SIDES = { minimum: 1, maximum: 5000 } as const;

/**
 * What `w`, `h`, `ar` and `dpr` ask for together. Fractions are taken of the step's input and multiplied by the device
 * pixel ratio afterwards. Both sides given leave `ar` without effect; none given makes it a crop at full size.
 * @returns undefined when no size is asked for
 */
export function askedBox(step: Step, input: Size): AskedBox | undefined {
  const width = step.width && pixels(step.width, input.width);
  const height = step.height && pixels(step.height, input.height);
  const ratio = step.aspectRatio;
  if (width !== undefined && height !== undefined) return scaled(width, height, 'both', step.dpr);
  const sides = ratio === undefined ? 'one' : 'both';
  const follows = ratio ?? input.width / input.height;
  if (width !== undefined) return scaled(width, width / follows, sides, step.dpr);
  if (height !== undefined) return scaled(height * follows, height, sides, step.dpr);
  return ratio === undefined ? undefined : { ...largestOfRatio(input, ratio), sides: 'both' };
}

function pixels(length: Length, input: number): number {
  return length.kind === 'pixels' ? length.value : length.value * input;
}

function scaled(width: number, height: number, sides: 'one' | 'both', dpr = 1): AskedBox {
  const possible = [width * dpr, height * dpr].every((side) => side >= DPR_SIDES.minimum && side <= DPR_SIDES.maximum);
  const factor = possible ? dpr : 1;
  return { width: wholePixels(width * factor), height: wholePixels(height * factor), sides };
}
