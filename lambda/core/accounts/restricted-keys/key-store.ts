import type { AuditEvent } from '../../audit/event.ts';
import type { RestrictedKey, StoredKey } from './restricted-key.ts';

export interface KeyChange {
  readonly put: readonly StoredKey[];
  readonly remove: readonly StoredKey[];
}

/** Where restricted keys are. Every read is a fresh one: a revoked key is refused by the next call. */
export interface KeyStore {
  /** All keys, and the version that a change of them grows. */
  readonly read: () => Promise<{ readonly version: number; readonly keys: readonly StoredKey[] }>;
  readonly findByDigest: (digest: string) => Promise<RestrictedKey | undefined>;
  /** Notes the day on which a key is used. Nothing happens when it is gone. */
  readonly noteUse: (id: string, digest: string, day: string) => Promise<void>;
  /** All or nothing. False when the keys were changed after this version. */
  readonly commit: (change: KeyChange, version: number, event: AuditEvent) => Promise<boolean>;
}
