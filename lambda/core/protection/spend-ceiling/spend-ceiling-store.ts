import type { AuditEvent } from '../../audit/event.ts';
import type { CeilingMonth } from './spend-ceiling.ts';

/** Where it is kept what became of the ceiling of spending. */
export interface SpendCeilingStore {
  /** All months that something became of, oldest first, and the version that a change of them grows. */
  readonly read: () => Promise<{ readonly version: number; readonly records: readonly CeilingMonth[] }>;
  /** False when they were changed after this version; nothing is changed and told then. */
  readonly commit: (change: { readonly put: CeilingMonth }, version: number, event: AuditEvent) => Promise<boolean>;
}
