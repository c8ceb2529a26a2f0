import type { AuditEvent } from '../../audit/event.ts';
import type { SavedSearch } from './saved-search.ts';

export type SavedSearchChange = { readonly put: SavedSearch } | { readonly remove: SavedSearch };

/** Where the saved searches of an account are. */
export interface SavedSearchStore {
  /** All of them, oldest first, and the version that a change of them grows. */
  readonly read: () => Promise<{ readonly version: number; readonly searches: readonly SavedSearch[] }>;
  /** False when they were changed after this version; nothing is changed and told then. */
  readonly commit: (change: SavedSearchChange, version: number, event: AuditEvent) => Promise<boolean>;
}
