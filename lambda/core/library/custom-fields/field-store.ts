import type { AuditEvent } from '../../audit/event.ts';
import type { CustomField } from './custom-field.ts';

/** Where the custom metadata fields of an account are; deleted ones stay. */
export interface FieldStore {
  /** All fields, oldest first, and the version that a change of them grows. */
  readonly read: () => Promise<{ readonly version: number; readonly fields: readonly CustomField[] }>;
  /** False when the fields were changed after this version. */
  readonly put: (field: CustomField, version: number, event: AuditEvent) => Promise<boolean>;
}
