import type { PlanStep } from '../../plan/plan.ts';
import { Picture } from '../picture/picture.ts';
import { fromPixels, type Pixels } from '../picture/pixels.ts';

/** What a layer is made of: a picture and the steps that are still to be carried out on it. */
export interface LayerStart {
  readonly picture: Picture;
  readonly steps: readonly PlanStep[];
  /** Dots per inch of the asset. */
  readonly density?: number | undefined;
}

/** A picture of pixels that we made ourselves. */
export function drawn(pixels: Pixels): Picture {
  return new Picture({
    open: () => fromPixels(pixels),
    size: { width: pixels.width, height: pixels.height },
    frames: 1,
    hasAlpha: pixels.channels === 4,
    isGrey: false,
    origin: 'memory',
  });
}
