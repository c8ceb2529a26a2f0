import type { AuditEvent } from '../../audit/event.ts';
import type { PathPolicy } from './path-policy.ts';

export type PathPolicyChange = { readonly put: PathPolicy } | { readonly remove: PathPolicy };

/** Where the path policies of an account are. */
export interface PathPolicyStore {
  /** All of them, oldest first, and the version that a change of them grows. */
  readonly read: () => Promise<{ readonly version: number; readonly policies: readonly PathPolicy[] }>;
  /** False when they were changed after this version; nothing is changed and told then. */
  readonly commit: (change: PathPolicyChange, version: number, event: AuditEvent) => Promise<boolean>;
}
