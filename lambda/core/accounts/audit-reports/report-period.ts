import type { AuditReport, ReportFrequency } from './audit-report.ts';

/** What a report is about; ISO 8601 with milliseconds and Z. */
export interface ReportPeriod {
  readonly from: string;
  /** Not within it. */
  readonly to: string;
}

const DAY = 86_400_000;

/** Days of 1 January 1970, a Thursday, after a Monday. */
const EPOCH_AFTER_MONDAY = 3;

/** When the period ends that contains nothing of now and lies just before it. */
function lastEnd(frequency: ReportFrequency, now: number): number {
  const day = Math.floor(now / DAY);
  const date = new Date(now);
  switch (frequency) {
    case 'daily':
      return day * DAY;
    case 'weekly':
      return (day - ((day + EPOCH_AFTER_MONDAY) % 7)) * DAY;
    case 'monthly':
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  }
}

function beginningOf(frequency: ReportFrequency, end: number): number {
  const date = new Date(end);
  switch (frequency) {
    case 'daily':
      return end - DAY;
    case 'weekly':
      return end - 7 * DAY;
    case 'monthly':
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - 1);
  }
}

/**
 * The last period that is over and was not reported. One that was over before the report was made is not made up for, and of several
 * that were missed the last one counts.
 */
export function duePeriod(
  { frequency, createdAt, sentUntil }: Pick<AuditReport, 'frequency' | 'createdAt' | 'sentUntil'>,
  now: number,
): ReportPeriod | undefined {
  const end = lastEnd(frequency, now);
  const to = new Date(end).toISOString();
  if (to <= createdAt || (sentUntil !== undefined && to <= sentUntil)) return undefined;
  return { from: new Date(beginningOf(frequency, end)).toISOString(), to };
}
