import type { Colour, Length, OutputSettings, Plan, Step } from '../../../lambda/core/plan/plan.ts';

/** A plan as the URL grammar would make it. */
export function plan(steps: readonly Step[], output: Partial<OutputSettings> = {}): Plan {
  return { original: false, steps, output: { format: 'auto', ...output }, ignored: [] };
}

export const px = (value: number): Length => ({ kind: 'pixels', value });

export const colour = (r: number, g: number, b: number, alpha = 1): Colour => ({ r, g, b, alpha });

export const RED = colour(220, 30, 40);
