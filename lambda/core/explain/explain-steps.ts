import { holds, writeCondition } from '../plan/conditions/condition.ts';
import { formatPlan } from '../plan/format-plan.ts';
import type { Layout } from '../plan/geometry/layout.ts';
import { layoutStep } from '../plan/geometry/layout.ts';
import { outputSizeAfter } from '../plan/geometry/output-size.ts';
import type { Region, Size } from '../plan/geometry/size.ts';
import type { Plan, PlanStep, Step } from '../plan/plan.ts';
import { isBranching } from '../plan/plan.ts';
import { resolveStep } from '../plan/resolve.ts';
import type { Interests } from './look-for-focus.ts';

/** What one step does to a picture's size. */
export interface ExplainedStep {
  /** As the engine understood it, in canonical form. */
  readonly step: string;
  readonly input: Size;
  /** Scale, then crop, then canvas. A missing member means that nothing is done there. */
  readonly layout: Omit<Layout, 'output' | 'unlimited'>;
  readonly output: Size;
  /** What only the picture itself can decide. */
  readonly notes: readonly string[];
}

/**
 * The sizes through which a picture goes.
 * @param source the asset as it is shown
 * @param interests what the crop of each step keeps, as far as it is known
 * @throws Problem as the render would
 */
export function explainSteps(plan: Plan, source: Size, interests: Interests): ExplainedStep[] {
  const explained: ExplainedStep[] = [];
  let size = source;
  const explain = (step: Step, notes: readonly string[]) => {
    const interest = interests[explained.length] ?? undefined;
    const next = explainStep(step, { input: size, initial: source, interest }, notes);
    explained.push(next);
    size = next.output;
  };
  for (const step of plan.steps) {
    if (!isBranching(step)) explain(step, []);
    else for (const { step: taken, note } of takenSteps(step, size, source)) explain(taken, [note]);
  }
  return explained;
}

function takenSteps(step: Exclude<PlanStep, Step>, current: Size, initial: Size): { step: Step; note: string }[] {
  const isTrue = holds(step.condition, {
    w: current.width,
    h: current.height,
    ar: current.width / current.height,
    iw: initial.width,
    ih: initial.height,
    iar: initial.width / initial.height,
  });
  const note = `taken because ${writeCondition(step.condition)} is ${isTrue}`;
  return (isTrue ? step.whenTrue : step.whenFalse).steps.map((taken) => ({ step: taken, note }));
}

interface StepInput {
  readonly input: Size;
  readonly initial: Size;
  /** What the crop keeps, in pixels of the input. */
  readonly interest: Region | undefined;
}

function explainStep(step: Step, { input, initial, interest }: StepInput, notes: readonly string[]): ExplainedStep {
  const resolved = resolveStep(step, { initial, current: input });
  const { output: arranged, unlimited, ...layout } = layoutStep({ ...resolved, ...(interest && { interest }) }, input);
  return {
    step: textOf(step),
    input,
    layout,
    output: outputSizeAfter(resolved, input),
    notes: [
      ...notes,
      ...(step.trim === undefined ? [] : ['trimming depends on the pixels and is left out here']),
      ...(interest ? [`the crop keeps ${sides(interest)} at ${interest.left},${interest.top} of its input`] : []),
      ...(unlimited ? [`made ${sides(arranged)}, as ${sides(unlimited)} is over the limits`] : []),
    ],
  };
}

const sides = ({ width, height }: Size): string => `${width} x ${height}`;

const textOf = (step: Step): string =>
  formatPlan({ original: false, steps: [step], output: { format: 'auto' }, ignored: [] })
    .map((items) => items.join(','))
    .join(':');
