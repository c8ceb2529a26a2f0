import { writeItem } from './item.ts';
import type { Operation } from './operations/operation.ts';
import { OPERATIONS } from './operations/table.ts';
import type { OutputSettings, Plan, Step } from './plan.ts';

/**
 * The canonical text of a plan, as steps of items. Reading it gives the plan back, without what had been ignored. Output
 * settings stand in the last step.
 */
export function formatPlan(plan: Plan): string[][] {
  const items = (scope: Operation['meaning']['scope'], step: Step, output: OutputSettings): string[] =>
    OPERATIONS.filter(({ meaning }) => meaning.scope === scope).flatMap(({ keys, meaning }) => {
      const text = meaning.write(step, output, plan.original);
      return text === undefined ? [] : [writeItem(keys[0], text)];
    });
  if (plan.original) return [items('original', {}, plan.output)];
  const steps = plan.steps.map((step) => items('step', step, plan.output));
  const output = items('output', {}, plan.output);
  if (output.length === 0) return steps;
  return [...steps.slice(0, -1), [...(steps.at(-1) ?? []), ...output]];
}
