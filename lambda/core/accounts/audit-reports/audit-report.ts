import type { AuditAction } from '../../audit/actions.ts';

/** How often a report is sent: after each day, after each week, which begins on Monday, or after each month; all in UTC. */
export const REPORT_FREQUENCIES = ['daily', 'weekly', 'monthly'] as const;

export type ReportFrequency = (typeof REPORT_FREQUENCIES)[number];

/** Who is told how often what of the audit log. */
export interface AuditReport {
  /** 24 hexadecimal characters. */
  readonly id: string;
  readonly name: string;
  readonly frequency: ReportFrequency;
  /** Ids of people. Who may not read the log when it is sent gets none. */
  readonly personIds: readonly string[];
  /** What is counted. @default every action */
  readonly actions?: readonly AuditAction[];
  /** Ids of callers whose events are counted. @default everybody's */
  readonly callerIds?: readonly string[];
  /** ISO 8601 with milliseconds and Z, as all of them. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** End of the last period that was reported. @default none was */
  readonly sentUntil?: string;
}
