import { availableParallelism, loadavg } from 'node:os';

/**
 * What a limit comes to while other work waits for the processors too: a suite whose files run side by side, or a neighbour.
 * @param milliseconds on a machine that does nothing else
 */
export const timeAtLoad = (milliseconds: number): number =>
  milliseconds * Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
