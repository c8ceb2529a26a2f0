import type { FocusedStep } from './anchor.ts';
import { anchored } from './anchor.ts';
import type { AskedBox } from './asked-box.ts';
import { askedBox } from './asked-box.ts';
import { checkOutputSize, checkScaledSize, factorWithin, madeSmaller } from './output-limits.ts';
import type { Region, Size } from './size.ts';
import { isWithin, sameSize } from './size.ts';
import type { Arrangement } from './strategies.ts';
import { NEVER_ENLARGING, STRATEGIES } from './strategies.ts';

export type { Region, Size } from './size.ts';

/** Where the pixels of one step go. A missing member means that nothing is done there. */
export interface Layout {
  /** Scale the oriented, trimmed input to exactly this. */
  readonly scale?: Size;
  /** Then cut this region, in scaled pixels. */
  readonly crop?: Region;
  /** Then place the result on a canvas of this size at this offset. */
  readonly canvas?: Region;
  /** What comes out, before rotation and border. */
  readonly output: Size;
  /** What would come out without the limits, where they made it smaller. */
  readonly unlimited?: Size;
}

/**
 * Plans the sizes of one step; needs no pixels.
 * @param step with the area that a crop is to keep, when one is known
 * @param input the step's input, oriented and trimmed
 * What follows from the image itself ends at the limits; a side that the URL names is refused.
 * @throws Problem transformation.limit when the result is larger than the product makes
 * @throws Problem transformation.invalid when a region to extract lies outside the image
 */
export function layoutStep(step: FocusedStep, input: Size): Layout {
  const layout = finish(step, input, arrange(step, input));
  checkOutputSize(layout.output);
  if (layout.scale) checkScaledSize(layout.scale);
  return layout;
}

interface LimitedArrangement extends Arrangement {
  readonly unlimited?: Size;
}

function arrange(step: FocusedStep, input: Size): LimitedArrangement {
  const box = askedBox(step, input);
  const arrangement = box ? inBox(step, input, box) : { scale: input };
  const { scale, crop, canvas } = arrangement;
  if (box && !(crop ? isCutFromImage(step) : isPossible(step, box))) return arrangement;
  const unlimited = canvas ?? crop ?? scale;
  const factor = factorWithin(unlimited, step.border?.width ?? 0);
  return factor === 1 ? arrangement : { ...allSmaller(arrangement, factor), unlimited };
}

function allSmaller({ scale, crop, canvas }: Arrangement, factor: number): Arrangement {
  const smaller = madeSmaller(scale, factor);
  return {
    scale: smaller,
    ...(crop && { crop: smallerRegion(crop, factor, smaller) }),
    ...(canvas && { canvas: madeSmaller(canvas, factor) }),
  };
}

function smallerRegion(region: Region, factor: number, whole: Size): Region {
  const size = madeSmaller(region, factor);
  const left = Math.min(Math.floor(region.left * factor), whole.width - size.width);
  const top = Math.min(Math.floor(region.top * factor), whole.height - size.height);
  return { left, top, ...size };
}

/** Whether a cut has its sides from the image. Where the URL names one of them in pixels, the other has its ratio. */
const isCutFromImage = ({ width, height }: FocusedStep): boolean =>
  width?.kind !== 'pixels' && height?.kind !== 'pixels';

/** Whether what the URL names is within the limits by itself, whatever follows from the image. */
function isPossible({ width, height }: FocusedStep, box: AskedBox): boolean {
  const named = {
    width: width?.kind === 'pixels' ? box.width : 1,
    height: height?.kind === 'pixels' ? box.height : 1,
  };
  return factorWithin(named, 0) === 1;
}

function inBox(step: FocusedStep, input: Size, box: AskedBox): Arrangement {
  const { width, height } = box;
  if (box.sides === 'both') {
    return STRATEGIES[step.cropMode ?? step.crop ?? 'maintain_ratio'](step, input, { width, height });
  }
  // One side alone neither cuts nor pads; the strategy only decides whether the picture may grow.
  const mayGrow = ![step.crop, step.cropMode].some((strategy) => strategy && NEVER_ENLARGING.has(strategy));
  return { scale: mayGrow || isWithin(box, input) ? { width, height } : input };
}

/** Leaves out what changes nothing, and places the image on its canvas. */
function finish(step: FocusedStep, input: Size, { scale, crop, canvas, unlimited }: LimitedArrangement): Layout {
  const image = crop ?? scale;
  const output = canvas ?? { width: image.width, height: image.height };
  return {
    ...(!sameSize(scale, input) && { scale }),
    ...(crop && !sameSize(crop, scale) && { crop }),
    ...(canvas &&
      !sameSize(canvas, image) && {
        canvas: {
          width: canvas.width,
          height: canvas.height,
          left: anchored(step.focus, 'x', image.width, canvas.width),
          top: anchored(step.focus, 'y', image.height, canvas.height),
        },
      }),
    output,
    ...(unlimited && { unlimited }),
  };
}
