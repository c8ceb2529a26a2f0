import type { StoredOrigin } from './origin.ts';

/** The account's origins. Reads are consistent. */
export interface OriginStore {
  /** Oldest first. */
  list(): Promise<readonly StoredOrigin[]>;
  find(id: string): Promise<StoredOrigin | undefined>;
  create(stored: StoredOrigin): Promise<void>;
  /** @returns false when the origin is gone or has another revision than `expected` by now */
  replace(stored: StoredOrigin, expected: number): Promise<boolean>;
  remove(id: string): Promise<void>;
}

/** Which URL endpoints read from an origin. */
export interface OriginUse {
  /** Endpoint ids. */
  endpointsUsing(originId: string): Promise<readonly string[]>;
}

/** Origins that an endpoint's order names, in that order; ones that are gone by now are left out. */
export interface OriginDirectory {
  ofEndpoint(endpointId: string): Promise<readonly StoredOrigin[]>;
}
