import type { Headers } from './functions/events.ts';

/** An origin's answer, kept. */
export interface CachedObject {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
  /** Milliseconds since 1970. */
  readonly storedAt: number;
  readonly freshUntil: number;
  /** Paths by which an invalidation reaches it: the one asked for and the one it was rewritten to. */
  readonly paths: readonly string[];
}

/** Bytes of bodies that this machine keeps in memory; the least recently used goes first. */
const MAXIMUM_BYTES = 256 * 1024 * 1024;

/** The edge's cache. It lives in memory: a restart empties it. */
export class ObjectCache {
  readonly #objects = new Map<string, CachedObject>();
  #bytes = 0;

  /** A fresh object, which thereby becomes the most recently used. */
  get(key: string, now: number): CachedObject | undefined {
    const object = this.#objects.get(key);
    if (!object) return undefined;
    this.#objects.delete(key);
    if (object.freshUntil <= now) {
      this.#bytes -= object.body.length;
      return undefined;
    }
    this.#objects.set(key, object);
    return object;
  }

  set(key: string, object: CachedObject): void {
    this.delete(key);
    this.#objects.set(key, object);
    this.#bytes += object.body.length;
    for (const oldest of this.#objects.keys()) {
      if (this.#bytes <= MAXIMUM_BYTES) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const object = this.#objects.get(key);
    if (!object) return;
    this.#objects.delete(key);
    this.#bytes -= object.body.length;
  }

  /** @param paths as CreateInvalidation takes them; a star at the end stands for anything */
  invalidate(paths: readonly string[]): void {
    for (const [key, object] of this.#objects) {
      if (object.paths.some((path) => isInvalidated(path, paths))) this.delete(key);
    }
  }
}

export function isInvalidated(path: string, invalidated: readonly string[]): boolean {
  return invalidated.some((pattern) =>
    pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern,
  );
}
