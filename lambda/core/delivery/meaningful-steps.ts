import { isDeepStrictEqual } from 'node:util';
import { Problem } from '../kernel/problems.ts';
import { readItem } from '../plan/item.ts';
import type { Plan } from '../plan/plan.ts';

type Steps = readonly (readonly string[])[];

/** @throws Problem of a transformation.* or name.* code */
export type ReadSteps = (steps: string[][]) => Promise<Plan>;

/** Steps without what has no meaning, and what of them has none still. */
export interface MeaningfulSteps {
  readonly steps: string[][];
  readonly ignored: readonly string[];
}

/**
 * Unknown items, and zeros before a number, can be invented without end: they are left out as far as the plan stays the very
 * same.
 * @param plan what the steps were read as
 */
export async function meaningfulSteps(steps: Steps, plan: Plan, read: ReadSteps): Promise<MeaningfulSteps> {
  let kept: MeaningfulSteps = { steps: steps.map((step) => [...step]), ignored: plan.ignored };
  const attempt = async (candidate: string[][]): Promise<void> => {
    const again = await readSame(plan, candidate, read);
    if (again) kept = { steps: candidate, ignored: again.ignored };
  };
  if (plan.ignored.length > 0) await attempt(withoutItems(kept.steps, plan.ignored));
  for (const [place, step] of kept.steps.entries()) {
    for (const [index, item] of step.entries()) {
      // Item by item: in a name, a text or a colour a zero counts.
      const short = shortNumbers(item);
      if (short !== item) await attempt(kept.steps.with(place, (kept.steps[place] as string[]).with(index, short)));
    }
  }
  return kept;
}

/** Formats stay: whether one is asked for is part of a key by itself. */
function withoutItems(steps: string[][], ignored: readonly string[]): string[][] {
  const leftOut = new Set(ignored.filter((item) => readItem(item).key !== 'f'));
  return steps.map((step) => step.filter((item) => !leftOut.has(item))).filter((step) => step.length > 0);
}

/** Without zeros before a number, and behind its decimal point. */
function shortNumbers(item: string): string {
  return item
    .replace(/([-_N])0+(?=\d)/g, '$1')
    .replace(/(\.\d*?)0+(?=[-_]|$)/g, '$1')
    .replace(/(\d)\.(?=[-_]|$)/g, '$1');
}

/** @returns undefined when the steps mean something else, or nothing */
async function readSame(plan: Plan, steps: string[][], read: ReadSteps): Promise<Plan | undefined> {
  try {
    const again = await read(steps);
    return isDeepStrictEqual({ ...again, ignored: [] }, { ...plan, ignored: [] }) ? again : undefined;
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}
