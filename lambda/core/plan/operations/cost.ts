import type { Step } from '../plan.ts';

/** What is done to each pixel, beyond the copy that every step makes. */
export interface Work {
  /** Passes over all pixels in JavaScript, where nothing can interrupt them. */
  readonly loops: number;
  /** Radius of the blurs in pixels, all together. */
  readonly blurRadius: number;
}

export const NO_WORK: Work = { loops: 0, blurRadius: 0 };
export const ONE_LOOP: Work = { loops: 1, blurRadius: 0 };

/**
 * What an operation costs; a render that may run long is done in a process that can be killed (render/may-run-long.ts).
 * `none`: libvips does it together with the copy, or it is encoding, which is counted by format. `loop`: one pass in
 * JavaScript. A function where the cost follows from the value.
 */
export type Cost = 'none' | 'loop' | ((step: Step) => Work);

/** @param step what the cost is of; its operation has a value in it */
export function workOf(cost: Cost, step: Step): Work {
  if (cost === 'none') return NO_WORK;
  return cost === 'loop' ? ONE_LOOP : cost(step);
}
