import type { Plan, PlanStep } from './plan.ts';
import { isBranching } from './plan.ts';

/**
 * Whether a plan asks for nothing that needs pixels: no step does anything, and no raster format is named. An SVG then
 * stays an SVG; quality and the like have no meaning for it.
 */
export function keepsVectors({ steps, output }: Pick<Plan, 'steps' | 'output'>): boolean {
  return (output.format === 'auto' || output.format === 'original') && steps.every(doesNothing);
}

/** A pixel ratio multiplies sizes, and none is asked for. */
function doesNothing(step: PlanStep): boolean {
  return !isBranching(step) && Object.keys(step).every((member) => member === 'dpr');
}
