import type { OutputSettings, Plan } from './plan.ts';

/** Whether a plan is that of a plain URL: no step does anything, and nothing is said about the output but who can show it. */
export function asksNothing({ original, steps, output }: Plan): boolean {
  return !original && steps.every((step) => Object.keys(step).length === 0) && !asksForOutput(output);
}

function asksForOutput(output: OutputSettings): boolean {
  const { format, quality, density, progressive, lossless, computed } = output;
  return (
    format !== 'auto' ||
    quality !== undefined ||
    density !== undefined ||
    computed !== undefined ||
    Boolean(progressive) ||
    Boolean(lossless)
  );
}
