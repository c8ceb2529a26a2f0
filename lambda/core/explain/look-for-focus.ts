import { focusAreaOf } from '../delivery/focus-area.ts';
import type { RenderImage } from '../delivery/render-image.ts';
import { Problem } from '../kernel/problems.ts';
import type { PathRecord } from '../library/asset.ts';
import type { Region } from '../plan/geometry/size.ts';
import type { Plan, PlanStep, Step } from '../plan/plan.ts';
import { isBranching } from '../plan/plan.ts';
import type { LookupDeps } from './media-lookup.ts';
import { findOriginal, readOriginal } from './media-lookup.ts';

/** What crops keep, one entry a step; null keeps nothing in particular. */
export type Interests = readonly (Region | null)[];

const LOOKED_FOR = ['auto', 'custom', 'auto-custom_override'];

/**
 * What the crops of a plan keep, found as a delivery finds it: by carrying the plan out. Only where a step asks for it.
 * @returns nothing when the picture cannot be made, which a request for it will say
 */
export async function lookForFocus(
  deps: LookupDeps & { readonly render: RenderImage },
  plan: Plan,
  asset: PathRecord,
  source: Uint8Array,
): Promise<Interests> {
  if (!plan.steps.flatMap(possibleSteps).some(({ focus }) => focus && LOOKED_FOR.includes(focus))) return [];
  const load = async (path: string) => readOriginal(deps, await findOriginal(deps, path));
  try {
    const { interests = [] } = await deps.render(source, plan, 'plain', load, focusAreaOf(asset));
    return interests;
  } catch (error) {
    if (error instanceof Problem) return [];
    throw error;
  }
}

const possibleSteps = (step: PlanStep): readonly Step[] =>
  isBranching(step) ? [...step.whenTrue.steps, ...step.whenFalse.steps] : [step];
