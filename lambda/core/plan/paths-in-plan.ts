import type { Layer, OutputSettings, Plan, PlanStep } from './plan.ts';
import { isBranching } from './plan.ts';

/** A file of the library that a plan names. */
export interface PathInPlan {
  readonly as: 'layer' | 'default-image' | 'font';
  /** With its leading slash. */
  readonly path: string;
}

/** Every file that a plan names, whichever way its conditions go. */
export const pathsInPlan = ({ steps, output }: Plan): PathInPlan[] => [...inSteps(steps), ...inOutput(output)];

const inSteps = (steps: readonly PlanStep[]): PathInPlan[] =>
  steps.flatMap((step) => {
    if (!isBranching(step)) return (step.layers ?? []).flatMap(inLayer);
    return [step.whenTrue, step.whenFalse].flatMap((branch) => [...inSteps(branch.steps), ...inOutput(branch.output)]);
  });

function inLayer(layer: Layer): PathInPlan[] {
  const below = inSteps(layer.steps);
  if (layer.kind === 'image') return [{ as: 'layer', path: layer.asset }, ...below];
  const font = layer.kind === 'text' ? layer.style.font : undefined;
  return font?.kind === 'file' ? [{ as: 'font', path: font.path }, ...below] : below;
}

const inOutput = ({ defaultImage }: Partial<OutputSettings>): PathInPlan[] =>
  defaultImage === undefined ? [] : [{ as: 'default-image', path: defaultImage }];
