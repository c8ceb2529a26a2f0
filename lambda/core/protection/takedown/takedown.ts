import type { AuditEvent } from '../../audit/event.ts';
import type { Takedown } from '../../library/takedown.ts';

/** A takedown as the deployment lists it. */
export interface TakedownRecord extends Takedown {
  readonly assetId: string;
  /** The asset's path. */
  readonly path: string;
}

export type TakedownChange = { readonly put: TakedownRecord } | { readonly remove: string };

/** Takedowns that are in force or have ended without being lifted. Every read is consistent. */
export interface TakedownStore {
  find(assetId: string): Promise<TakedownRecord | undefined>;
  list(): Promise<TakedownRecord[]>;
  commit(change: TakedownChange, event: AuditEvent): Promise<void>;
}
