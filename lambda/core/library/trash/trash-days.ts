import { LIMITS } from '../../../contract/limits.ts';
import type { Clock } from '../../kernel/clock.ts';

const DAY = 86_400_000;

/** The day of a moment, UTC: `2026-11-28`. */
export const dayOf = (at: string): string => at.slice(0, 10);

/** The days whose trash is kept, the newest first. The day on which something came there counts as none. */
export function keptDays(clock: Clock): string[] {
  const today = clock();
  return Array.from({ length: LIMITS.trashDays + 1 }, (_, days) => dayOf(new Date(today - days * DAY).toISOString()));
}

/** The last so many of the days whose trash ends, the newest first. */
export function endedDays(clock: Clock, lookBack: number): string[] {
  const today = clock();
  return Array.from({ length: lookBack }, (_, days) =>
    dayOf(new Date(today - (LIMITS.trashDays + 1 + days) * DAY).toISOString()),
  );
}
