import type { CropMode, CropStrategy, Step } from '../plan.ts';
import { anchored } from './anchor.ts';
import { extractRegion } from './extract-region.ts';
import type { Region, Size } from './size.ts';
import { coverBox, fitInside, isWithin, largestOfRatio } from './size.ts';

/** What a strategy decides: the scaled size, the part kept of it, the canvas around that part. */
export interface Arrangement {
  readonly scale: Size;
  readonly crop?: Region;
  readonly canvas?: Size;
}

/** Arranges an image for a box of which both sides are asked for. */
type Strategy = (step: Step, input: Size, box: Size) => Arrangement;

/** ImageKit, "Resize and crop": what `c` and `cm` mean. What it leaves open is decided in the comments. */
export const STRATEGIES: Readonly<Record<CropStrategy | CropMode, Strategy>> = {
  maintain_ratio: (step, input, box) => {
    const scale = coverBox(input, box);
    return { scale, crop: cutByFocus(step, scale, box) };
  },
  /** A box that the image cannot fill without growing keeps its ratio and becomes as large as the image allows. */
  maintain_ratio_no_enlarge: (step, input, box) => {
    const scale = coverBox(input, box);
    if (isWithin(scale, input)) return { scale, crop: cutByFocus(step, scale, box) };
    return { scale: input, crop: cutByFocus(step, input, largestOfRatio(input, box.width / box.height)) };
  },
  force: (_step, _input, box) => ({ scale: box }),
  at_max: (_step, input, box) => ({ scale: isWithin(input, box) ? input : fitInside(input, box) }),
  at_max_enlarge: (_step, input, box) => ({ scale: fitInside(input, box) }),
  at_least: (_step, input, box) => ({ scale: coverBox(input, box) }),
  pad_resize: (_step, input, box) => ({ scale: fitInside(input, box), canvas: box }),
  pad_resize_no_enlarge: (_step, input, box) => ({
    scale: isWithin(input, box) ? input : fitInside(input, box),
    canvas: box,
  }),
  extract: (step, input, box) => ({ scale: input, crop: extractRegion(step, input, box) }),
  pad_extract: (step, input, box) => ({ scale: input, crop: cutByFocus(step, input, box), canvas: box }),
  /** Never cuts: a side of the canvas that is smaller than the image grows to it. */
  pad_extract_no_shrink: (_step, input, box) => ({
    scale: input,
    canvas: { width: Math.max(input.width, box.width), height: Math.max(input.height, box.height) },
  }),
};

/** Strategies that never make a picture larger than its source. */
export const NEVER_ENLARGING: ReadonlySet<CropStrategy | CropMode> = new Set([
  'at_max',
  'maintain_ratio_no_enlarge',
  'pad_resize_no_enlarge',
]);

function cutByFocus(step: Step, image: Size, box: Size): Region {
  const width = Math.min(image.width, box.width);
  const height = Math.min(image.height, box.height);
  return {
    left: anchored(step.focus, 'x', width, image.width),
    top: anchored(step.focus, 'y', height, image.height),
    width,
    height,
  };
}
