import type { StoredOrigin } from './origin.ts';
import type { FetchedObject } from './origin-fetcher.ts';

/** Files of origins, cached so that the origin is asked less. */
export interface OriginCache {
  /** Undefined when the file is not cached, or was cached before the origin was changed. */
  find(stored: StoredOrigin, path: string): Promise<FetchedObject | undefined>;
  put(stored: StoredOrigin, path: string, object: FetchedObject): Promise<void>;
}
