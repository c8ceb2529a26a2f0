import type { AuditEvent } from '../../audit/event.ts';
import type { Share, ShareAccess } from './share.ts';

export type ShareChange = { readonly put: Share } | { readonly remove: Share };

/** Where the links of an account are, and who looked at them. */
export interface ShareStore {
  /** All of them, oldest first, and the version that a change of them grows. */
  readonly read: () => Promise<{ readonly version: number; readonly shares: readonly Share[] }>;
  readonly find: (id: string) => Promise<Share | undefined>;
  /** False when they were changed after this version; nothing is changed and told then. */
  readonly commit: (change: ShareChange, version: number, event: AuditEvent) => Promise<boolean>;
  readonly recordAccess: (id: string, access: ShareAccess) => Promise<void>;
  /** The newest first. */
  readonly accesses: (id: string, limit: number) => Promise<readonly ShareAccess[]>;
  /** Counts one more try of a password. @returns how many there were in the window, this one included */
  readonly countTry: (id: string, window: ShareWindow) => Promise<number>;
  /** Takes a counted try back. */
  readonly forgetTry: (id: string, window: ShareWindow) => Promise<void>;
}

/** A quarter of an hour in which tries are counted. */
export interface ShareWindow {
  readonly number: number;
  /** Seconds since 1970. */
  readonly endsAt: number;
}
