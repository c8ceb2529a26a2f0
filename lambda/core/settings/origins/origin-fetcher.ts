import type { StoredOrigin } from './origin.ts';

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
 * `missing`: there is no such file. `changed`: it is another one than was asked for. `denied`: the origin, or our guard, does not let us (EACCES). `unreachable`: nobody
 * listens (ECONNREFUSED). `too-large`: above the limit; `endless`: the same,
 * and the origin did not say so. `late` and `broken`: the origin misbehaves.
 */
export interface NotFetched {
  readonly outcome: 'missing' | 'changed' | 'denied' | 'unreachable' | 'too-large' | 'endless' | 'late' | 'broken';
}

export type FetchOutcome = FetchedObject | NotFetched;

/** A file that is looked for. */
export interface OriginQuestion {
  /** Asset path: leading slash, decoded. */
  readonly path: string;
  /** Host that the viewer asked, for origins that want it as their own. It decides about nothing here. */
  readonly viewerHost?: string | undefined;
  /** Entity tag, without quotes, that the file must have. */
  readonly ifMatch?: string;
  /** Only so many bytes of its beginning are needed; a server may send more. @default all */
  readonly firstBytes?: number;
}

/** Asks one origin for a file. Never rejects for what the origin does. */
export interface OriginFetcher {
  fetch(stored: StoredOrigin, question: OriginQuestion): Promise<FetchOutcome>;
}
