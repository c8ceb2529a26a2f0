import { Problem } from '../../kernel/problems.ts';
import type { PathInPlan } from '../../plan/paths-in-plan.ts';
import { pathsInPlan } from '../../plan/paths-in-plan.ts';
import { readPlan } from '../../plan/read-plan.ts';
import { expandNames } from './expand-names.ts';
import type { NamedTransformation } from './named-transformation.ts';

/** A file that a named transformation draws, shows instead of a missing one, or sets a text in. */
export interface PathInName extends PathInPlan {
  readonly name: string;
}

/**
 * Every file that named transformations name, themselves or by another name within. One that is switched off counts: it may be
 * switched on again. One that cannot be read any more, because a name within is gone, delivers nothing and uses nothing.
 */
export async function pathsInNames(all: readonly NamedTransformation[]): Promise<PathInName[]> {
  const known = new Map(all.map((one) => [one.name, { ...one, enabled: true }]));
  const found = await Promise.all([...known.keys()].map(async (name) => pathsIn(name, known)));
  return found.flat();
}

async function pathsIn(name: string, known: ReadonlyMap<string, NamedTransformation>): Promise<PathInName[]> {
  try {
    const { steps } = await expandNames([[`n-${name}`]], async (one) => known.get(one));
    return pathsInPlan(readPlan(steps)).map((path) => ({ name, ...path }));
  } catch (error) {
    if (error instanceof Problem) return [];
    throw error;
  }
}
