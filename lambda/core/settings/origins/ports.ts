import type { OriginCredentials, StoredOrigin } from './origin.ts';

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

/** Encrypts credentials for one origin; what was encrypted for another origin does not decrypt. */
export interface CredentialSealer {
  seal(originId: string, credentials: OriginCredentials): Promise<string>;
}

export interface CredentialOpener {
  /** @throws when it was sealed for another origin or with another key */
  open(originId: string, sealed: string): Promise<OriginCredentials>;
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

/** What an origin answered about a path. `etag` is the origin's own, or made from what it tells of the object. */
export interface FetchedObject {
  readonly outcome: 'found';
  readonly bytes: Uint8Array;
  /** As the origin said; a hint and no more. */
  readonly contentType: string | undefined;
  readonly etag: string;
  readonly isPrivate: boolean;
}

/**
 * `missing`: there is no such file. `denied`: the origin, or our guard, does not let us (EACCES). `unreachable`: nobody
 * listens (ECONNREFUSED). `too-large`: above the limit; `endless`: the same,
 * and the origin did not say so. `late` and `broken`: the origin misbehaves.
 */
export interface NotFetched {
  readonly outcome: 'missing' | 'denied' | 'unreachable' | 'too-large' | 'endless' | 'late' | 'broken';
}

export type FetchOutcome = FetchedObject | NotFetched;

/** A file that is looked for. */
export interface OriginQuestion {
  /** Asset path: leading slash, decoded. */
  readonly path: string;
  /** Host that the viewer asked, for origins that want it as their own. It decides about nothing here. */
  readonly viewerHost?: string | undefined;
}

/** Asks one origin for a file. Never rejects for what the origin does. */
export interface OriginFetcher {
  fetch(stored: StoredOrigin, question: OriginQuestion): Promise<FetchOutcome>;
}

/** A file of an origin that is kept for a while. */
export interface KeptOriginals {
  /** Undefined when none is kept, or one from before the origin was changed. */
  find(stored: StoredOrigin, path: string): Promise<FetchedObject | undefined>;
  keep(stored: StoredOrigin, path: string, object: FetchedObject): Promise<void>;
}
