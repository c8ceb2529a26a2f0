import type { Step } from '../plan.ts';
import type { Picture } from './picture.ts';
import { background } from './stages/background.ts';
import { blur } from './stages/blur.ts';
import { border } from './stages/border.ts';
import { contrast } from './stages/contrast.ts';
import { grayscale } from './stages/grayscale.ts';
import { opacity } from './stages/opacity.ts';
import { place } from './stages/place.ts';
import { radius } from './stages/radius.ts';
import { sharpen } from './stages/sharpen.ts';
import type { Stage } from './stages/stage.ts';
import { trim } from './stages/trim.ts';
import { turn } from './stages/turn.ts';

/**
 * What happens within one step, in this order, however the step was written. Before the first of them the source is
 * guarded, opened and set upright (open-source.ts), after the last step it is encoded (encode.ts).
 */
const STAGES: readonly Stage[] = [
  trim,
  place,
  turn,
  grayscale,
  contrast,
  blur,
  sharpen,
  border,
  radius,
  opacity,
  background,
];

/** Carries out the steps on a picture, one after the other. */
export async function runSteps(picture: Picture, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    for (const stage of STAGES) await stage(picture, step);
  }
}
