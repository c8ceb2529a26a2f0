import type { ModelStep, Outcome } from './model-steps.ts';
import type { WorldState } from './world-state.ts';
import { isSameWorld } from './world-state.ts';

/**
 * A part of what somebody does that happens at one moment: the worlds to which it may lead from one, and whether nothing comes
 * after it. None when it cannot happen there.
 */
export type Moment = (world: WorldState) => readonly { readonly world: WorldState; readonly isLast: boolean }[];

/** A call that came to an outcome. */
export const momentsOf = (model: readonly ModelStep[], outcome: Outcome): readonly Moment[] =>
  model.map((step) => (world) => {
    const next = structuredClone(world);
    const said = step(next);
    return said === undefined || said === outcome ? [{ world: next, isLast: said !== undefined }] : [];
  });

/** Whether some order of the moments of several, each in its own order, leads from one state to another. */
export function isExplained(before: WorldState, after: WorldState, actors: readonly (readonly Moment[])[]): boolean {
  const tried = new Set<string>();
  const search = (world: WorldState, rest: readonly (readonly Moment[])[]): boolean => {
    if (rest.every((moments) => moments.length === 0)) return isSameWorld(world, after);
    const where = `${rest.map(({ length }) => length)} ${JSON.stringify(world)}`;
    if (tried.has(where)) return false;
    tried.add(where);
    return rest.some(([moment, ...later], index) =>
      moment?.(world).some((next) => search(next.world, rest.with(index, next.isLast ? [] : later))),
    );
  };
  return search(before, actors);
}
