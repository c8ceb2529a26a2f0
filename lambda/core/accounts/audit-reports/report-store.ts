import type { AuditEvent } from '../../audit/event.ts';
import type { AuditReport } from './audit-report.ts';

export type AuditReportChange = { readonly put: AuditReport } | { readonly remove: AuditReport };

/** Where it is kept which reports there are. */
export interface AuditReportStore {
  /** All of them, oldest first, and the version that a change of them grows. */
  readonly read: () => Promise<{ readonly version: number; readonly reports: readonly AuditReport[] }>;
  /** False when they were changed after this version; nothing is changed and told then. */
  readonly commit: (change: AuditReportChange, version: number, event: AuditEvent) => Promise<boolean>;
}
