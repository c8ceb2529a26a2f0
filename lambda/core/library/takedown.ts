/** Why and since when a file may be shown to nobody. */
export interface Takedown {
  readonly reason: string;
  /** The caller's own name for the case: a docket number, an address of the notice. */
  readonly reference?: string | undefined;
  readonly author: string;
  /** ISO 8601 with milliseconds and Z. */
  readonly since: string;
  readonly until?: string | undefined;
}

/** To the second, as at the edge. @param now milliseconds since 1970 */
export function isTakenDown(
  { takenDownSince, takenDownUntil }: { readonly takenDownSince?: string; readonly takenDownUntil?: string },
  now: number,
): boolean {
  if (takenDownSince === undefined) return false;
  return takenDownUntil === undefined || Math.floor(now / 1000) < endSecond(takenDownUntil);
}

/** The first second in which it no longer holds. */
export function endSecond(until: string): number {
  return Math.ceil(Date.parse(until) / 1000);
}
