import type { AuditEvent } from '../../audit/event.ts';
import type { StoredOrigin } from './origin.ts';

/** `expected` is the revision that is replaced or removed. */
export type OriginChange =
  | { readonly create: StoredOrigin }
  | { readonly replace: StoredOrigin; readonly expected: number }
  | { readonly remove: string; readonly expected: number };

/** The account's origins. Reads are consistent. */
export interface OriginStore {
  /** Oldest first. */
  list(): Promise<readonly StoredOrigin[]>;
  find(id: string): Promise<StoredOrigin | undefined>;
  /** @returns false when the origin to be replaced or removed is gone or has another revision by now; nothing is changed and told then */
  commit(change: OriginChange, event: AuditEvent): Promise<boolean>;
}

/** Which URL endpoints read from an origin. */
export interface OriginUse {
  /** Endpoint ids. */
  endpointsUsing(originId: string): Promise<readonly string[]>;
}

/** Origins that an endpoint's order names, in that order; ones that are gone by now are left out. */
export interface OriginDirectory {
  ofEndpoint(endpointId: string): Promise<readonly StoredOrigin[]>;
  find(originId: string): Promise<StoredOrigin | undefined>;
}
