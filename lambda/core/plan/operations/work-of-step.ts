import type { Step } from '../plan.ts';
import { NO_WORK, type Work, workOf } from './cost.ts';
import { PLACEMENT } from './placement.ts';
import { OPERATIONS } from './table.ts';

/** To draw a layer, beside the layer's own steps: as much as a blur of four pixels. */
const DRAWING: Work = { ...NO_WORK, blurRadius: 4 };

const OF_STEPS = OPERATIONS.filter(({ meaning }) => meaning.scope === 'step');

/** What a step does to each pixel of its picture. The steps of its layers are not in it: layers have a size of their own. */
export function workOfStep(step: Step): Work {
  const asked = OF_STEPS.filter(({ meaning }) => step[meaning.member as keyof Step] !== undefined);
  const layers = (step.layers ?? []).flatMap(({ placement }) => [
    DRAWING,
    ...PLACEMENT.filter(({ meaning }) => placement[meaning.member] !== undefined).map(({ cost }) => workOf(cost, step)),
  ]);
  return [...asked.map(({ cost }) => workOf(cost, step)), ...layers].reduce(add, NO_WORK);
}

const add = (one: Work, other: Work): Work => ({
  loops: one.loops + other.loops,
  blurRadius: one.blurRadius + other.blurRadius,
});
