import type { CropMode, CropStrategy } from '../plan.ts';
import type { FocusedStep } from './anchor.ts';
import { cutStart } from './anchor.ts';
import { extractRegion } from './extract-region.ts';
import type { Region, Size } from './size.ts';
import { coverBox, fitInside, isWithin, largestOfRatio, wholePixels } from './size.ts';

/** What a strategy decides: the scaled size, the part kept of it, the canvas around that part. */
export interface Arrangement {
  readonly scale: Size;
  readonly crop?: Region;
  readonly canvas?: Size;
}

/** Arranges an image for a box of which both sides are asked for. */
type Strategy = (step: FocusedStep, input: Size, box: Size) => Arrangement;

/** ImageKit, "Resize and crop": what `c` and `cm` mean. What it leaves open is decided in the comments. */
export const STRATEGIES: Readonly<Record<CropStrategy | CropMode, Strategy>> = {
  maintain_ratio: (step, input, box) => {
    const scale = step.interest && step.zoom ? zoomedScale(input, box, step.interest, step.zoom) : coverBox(input, box);
    return { scale, crop: cutByFocus(step, input, scale, box) };
  },
  /** A box that the image cannot fill without growing keeps its ratio and becomes as large as the image allows. */
  maintain_ratio_no_enlarge: (step, input, box) => {
    const scale = coverBox(input, box);
    if (isWithin(scale, input)) return { scale, crop: cutByFocus(step, input, scale, box) };
    return { scale: input, crop: cutByFocus(step, input, input, largestOfRatio(input, box.width / box.height)) };
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
  pad_extract: (step, input, box) => ({ scale: input, crop: cutByFocus(step, input, input, box), canvas: box }),
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

/** The scale at which the area just fills the box, times the zoom; never so small that the picture leaves the box empty. */
function zoomedScale(input: Size, box: Size, { width, height }: Region, zoom: number): Size {
  const wanted = zoom * Math.min(box.width / width, box.height / height);
  const least = Math.max(box.width / input.width, box.height / input.height);
  const factor = Math.max(least, wanted);
  return {
    width: Math.max(box.width, wholePixels(input.width * factor)),
    height: Math.max(box.height, wholePixels(input.height * factor)),
  };
}

function cutByFocus(step: FocusedStep, input: Size, image: Size, box: Size): Region {
  const width = Math.min(image.width, box.width);
  const height = Math.min(image.height, box.height);
  return {
    left: cutStart(step, 'x', width, image.width, image.width / input.width),
    top: cutStart(step, 'y', height, image.height, image.height / input.height),
    width,
    height,
  };
}
