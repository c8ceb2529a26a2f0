import { isTagged } from './cache-tags.ts';
import type { Headers } from './messages.ts';

/** Where an answer came from, in the words of the `x-cache` header. */
export type CacheOutcome = 'Hit' | 'Miss' | 'RefreshHit';

/** A cached answer of an origin. */
export interface CachedObject {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
  /** Milliseconds since 1970: when the origin last said that it is so. */
  readonly storedAt: number;
  readonly freshUntil: number;
  /** Paths by which an invalidation reaches it: the one asked for and the one it was rewritten to. */
  readonly paths: readonly string[];
  /** Tags by which one reaches it, too. */
  readonly tags: readonly string[];
}

/** Bytes that this machine keeps in memory; the least recently used object goes first. */
const CACHE_BYTES = 256 * 1024 * 1024;

/** What an object costs beside its body and headers: a flood of tiny answers must not fill the memory either. */
const OBJECT_OVERHEAD_BYTES = 1024;

/** The edge's cache. It lives in memory: a restart empties it. */
export class ObjectCache {
  readonly #objects = new Map<string, CachedObject>();
  readonly #maximum: number;
  #bytes = 0;

  constructor(maximumBytes: number = CACHE_BYTES) {
    this.#maximum = maximumBytes;
  }

  /** An object, fresh or not, which thereby becomes the most recently used. */
  get(key: string): CachedObject | undefined {
    const object = this.#objects.get(key);
    if (!object) return undefined;
    this.#objects.delete(key);
    this.#objects.set(key, object);
    return object;
  }

  set(key: string, object: CachedObject): void {
    this.delete(key);
    this.#objects.set(key, object);
    this.#bytes += weight(key, object);
    for (const oldest of this.#objects.keys()) {
      if (this.#bytes <= this.#maximum) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const object = this.#objects.get(key);
    if (!object) return;
    this.#objects.delete(key);
    this.#bytes -= weight(key, object);
  }

  /** @param items as CreateInvalidation takes them: `#tag`, or a path with or without a leading slash; a star at its end is anything */
  invalidate(items: readonly string[]): void {
    for (const [key, object] of this.#objects) {
      if (isReached(object, items)) this.delete(key);
    }
  }
}

function weight(key: string, { body, headers, paths, tags }: CachedObject): number {
  const texts = [key, ...paths, ...tags, ...Object.keys(headers), ...Object.values(headers)];
  return texts.reduce((sum, text) => sum + text.length, body.length + OBJECT_OVERHEAD_BYTES);
}

/** Whether an invalidation reaches an object, by its paths or its tags. */
export function isReached({ paths, tags }: Pick<CachedObject, 'paths' | 'tags'>, items: readonly string[]): boolean {
  return paths.some((path) => isInvalidated(path, items)) || isTagged(tags, items);
}

export function isInvalidated(path: string, invalidated: readonly string[]): boolean {
  return invalidated.some((given) => {
    const pattern = given.startsWith('/') ? given : `/${given}`;
    return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
  });
}
