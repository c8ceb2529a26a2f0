import type { Property } from '../plan/conditions/condition.ts';
import { holds } from '../plan/conditions/condition.ts';
import type { Size } from '../plan/geometry/size.ts';
import type { OperationStage } from '../plan/operations/operation.ts';
import type { OutputSettings, Step } from '../plan/plan.ts';
import { isBranching } from '../plan/plan.ts';
import type { Sizes } from '../plan/resolve.ts';
import { resolveOutput, resolveStep } from '../plan/resolve.ts';
import type { RenderContext } from './context.ts';
import { drawLayers } from './layers/draw-layers.ts';
import type { RunSteps } from './layers/open-layer.ts';
import type { Picture } from './picture/picture.ts';
import { background } from './stages/background.ts';
import { blur } from './stages/blur.ts';
import { border } from './stages/border.ts';
import { colorize } from './stages/colorize.ts';
import { contrast } from './stages/contrast.ts';
import { distort } from './stages/distort.ts';
import { gradient } from './stages/gradient.ts';
import { grayscale } from './stages/grayscale.ts';
import { opacity } from './stages/opacity.ts';
import { place } from './stages/place.ts';
import { radius } from './stages/radius.ts';
import { replaceColour } from './stages/replace-colour.ts';
import { shadow } from './stages/shadow.ts';
import { sharpen } from './stages/sharpen.ts';
import type { Stage } from './stages/stage.ts';
import { trim } from './stages/trim.ts';
import { turn } from './stages/turn.ts';
import { unsharp } from './stages/unsharp.ts';

/**
 * What happens within one step, in this order, however the step was written. Each stands beside the stage that its
 * operations name. Before the first of them the source is guarded, opened and set upright (open-source.ts). After them
 * the step's layers are drawn (layers/), and after the last step the picture is encoded (encode.ts).
 */
export const RENDER_STAGES: readonly (readonly [OperationStage, Stage])[] = [
  ['trim', trim],
  ['size', place],
  ['turn', turn],
  ['distort', distort],
  ['effects', replaceColour],
  ['effects', colorize],
  ['effects', grayscale],
  ['effects', contrast],
  ['effects', blur],
  ['effects', sharpen],
  ['effects', unsharp],
  ['border', border],
  ['radius', radius],
  ['opacity', opacity],
  ['shadow', shadow],
  ['gradient', gradient],
  ['background', background],
];

/**
 * Carries out the steps on a picture, one after the other.
 * @returns the output settings of the branches that were taken
 */
export const runSteps: RunSteps = async (picture, steps, context) => {
  let output: Partial<OutputSettings> = {};
  for (const step of steps) {
    if (!isBranching(step)) {
      await runStep(picture, step, context);
      continue;
    }
    const branch = holds(step.condition, propertiesOf(picture.size, context.initial)) ? step.whenTrue : step.whenFalse;
    for (const taken of branch.steps) await runStep(picture, taken, context);
    output = { ...output, ...resolveOutput(branch.output, sizesOf(picture, context)) };
  }
  return output;
};

async function runStep(picture: Picture, step: Step, context: RenderContext): Promise<void> {
  const resolved = resolveStep(step, sizesOf(picture, context));
  for (const [, stage] of RENDER_STAGES) await stage(picture, resolved, context);
  if (resolved.layers) await drawLayers(picture, resolved.layers, context, runSteps);
}

const sizesOf = ({ size }: Picture, { initial, parent, density }: RenderContext): Sizes => ({
  initial,
  current: size,
  parent,
  density,
});

function propertiesOf(current: Size, initial: Size): Record<Property, number> {
  return {
    w: current.width,
    h: current.height,
    ar: current.width / current.height,
    iw: initial.width,
    ih: initial.height,
    iar: initial.width / initial.height,
  };
}
