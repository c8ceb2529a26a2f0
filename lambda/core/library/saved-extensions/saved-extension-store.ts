import type { AuditEvent } from '../../audit/event.ts';
import type { SavedExtension } from './saved-extension.ts';

export type SavedExtensionChange = { readonly put: SavedExtension } | { readonly remove: SavedExtension };

/** Where the saved extensions of an account are. */
export interface SavedExtensionStore {
  /** All of them, oldest first, and the version that a change of them grows. */
  readonly read: () => Promise<{ readonly version: number; readonly extensions: readonly SavedExtension[] }>;
  /** False when they were changed after this version; nothing is changed and told then. */
  readonly commit: (change: SavedExtensionChange, version: number, event: AuditEvent) => Promise<boolean>;
}
