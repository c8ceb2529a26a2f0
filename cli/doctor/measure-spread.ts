import type { Clock } from './check.ts';

/** A change that is not seen after this many seconds is not awaited any longer. */
const PATIENCE_SECONDS = 180;

/** Milliseconds between two looks. */
const BETWEEN = 500;

/** @returns seconds until it was seen; undefined when it was not */
export async function measureSpread(clock: Clock, isSeen: () => Promise<boolean>): Promise<number | undefined> {
  const start = clock.now();
  const seconds = () => (clock.now() - start) / 1000;
  while (seconds() < PATIENCE_SECONDS) {
    if (await isSeen()) return seconds();
    await clock.wait(BETWEEN);
  }
  return undefined;
}
