/** What became of the ceiling of spending in one month. */
export interface CeilingMonth {
  /** The month of UTC, such as `2026-11`: AWS Budgets counts by it (AWS, "Budgets: calendar months"). */
  readonly id: string;
  /** ISO 8601: when the record was made. */
  readonly createdAt: string;
  /** ISO 8601: since when the account has spent more. */
  readonly reachedAt?: string | undefined;
  /** US dollars that the account had spent by then. */
  readonly spent?: number | undefined;
  /** ISO 8601: since when pictures are made whatever is spent, until the month ends. */
  readonly liftedAt?: string | undefined;
}

/** Until when no new pictures are made, ISO 8601. Undefined: they are made. */
export type CeilingEnd = () => Promise<string | undefined>;

/** @param now milliseconds since 1970 */
export const monthOf = (now: number): string => new Date(now).toISOString().slice(0, 7);

/** When a month ends, ISO 8601. @param month such as `2026-11` */
export function endOfMonth(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, number, 1)).toISOString();
}

/** Whether no new pictures are made. */
export const isOver = (month: CeilingMonth | undefined): boolean =>
  month?.reachedAt !== undefined && month.liftedAt === undefined;
