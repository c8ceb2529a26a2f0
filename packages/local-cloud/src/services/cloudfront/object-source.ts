import { isTagged, tagsOf } from './cache-tags.ts';
import { type Freshness, mayBeServedMeanwhile, secondsFresh } from './freshness.ts';
import type { EdgeRequest, Headers } from './messages.ts';
import { type CachedObject, type CacheOutcome, isReached, ObjectCache } from './object-cache.ts';
import type { OriginAnswer } from './origin-client.ts';
import type { Origins, Route } from './origins.ts';
import { cacheKey } from './policies.ts';
import { rangeOf, renew, validators } from './renewal.ts';
import { SharedBody } from './shared-body.ts';
import { Waiting } from './waiting.ts';

export interface Found {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer | SharedBody;
  /** Of an answer that is for this request alone. @default none */
  readonly setCookies?: readonly string[];
  readonly outcome: CacheOutcome;
  /** Seconds in the cache; undefined when it came from the origin for this very request. */
  readonly age?: number;
}

/** A request on its way through the CDN. */
export interface Asking {
  readonly request: EdgeRequest;
  readonly requestId: string;
  readonly route: Route;
  /** The path before the viewer-request function rewrote it. */
  readonly askedPath: string;
  /** Aborted when the viewer goes away. @default nobody does */
  readonly gone?: AbortSignal;
}

export interface ObjectSourceOptions {
  readonly origins: Origins;
  readonly errorSeconds: (status: number) => number;
  readonly now: () => Date;
  /** Header of the origin's cache tags, in lower case. @default there are none */
  readonly tagHeader?: string | undefined;
  /** @default 256 MB */
  readonly cacheBytes?: number;
}

/** Larger objects are streamed and not cached here. CloudFront itself caches up to 50 GB. */
const KEPT_OBJECT_BYTES = 32 * 1024 * 1024;

/** A request to the origin, while what it brings may be invalidated. */
interface Fetching {
  readonly paths: readonly string[];
  /** Of the answer, once its headers are here. */
  tags: readonly string[];
  /** What was invalidated before that. */
  readonly meanwhile: string[];
  isInvalid: boolean;
}

/**
 * The cache and what is behind it. Simultaneous requests for one object that is not there become one request to the
 * origin (AWS, "Simultaneous requests for the same object"): whoever came later is a hit, and reads along while it comes.
 */
export class ObjectSource {
  readonly statistics = { hits: 0, misses: 0 };
  readonly #options: ObjectSourceOptions;
  readonly #cache: ObjectCache;
  /** Requests to the origin by cache key, until their headers are here; undefined when others must ask themselves. */
  readonly #pending = new Map<string, { readonly found: Promise<Found | undefined>; readonly waiting: Waiting }>();
  readonly #arriving = new Map<string, Found>();
  readonly #fetching = new Set<Fetching>();

  constructor(options: ObjectSourceOptions) {
    this.#options = options;
    this.#cache = new ObjectCache(options.cacheBytes);
  }

  /** @param items as CreateInvalidation takes them */
  invalidate(items: readonly string[]): void {
    this.#cache.invalidate(items);
    for (const fetching of this.#fetching) {
      fetching.isInvalid ||= isReached(fetching, items);
      fetching.meanwhile.push(...items);
    }
    // Whoever asks from now on must not read along with what came before.
    this.#arriving.clear();
    this.#pending.clear();
  }

  async find(asking: Asking): Promise<Found> {
    const found = await this.#find(asking);
    if (found.outcome === 'Miss') this.statistics.misses++;
    else this.statistics.hits++;
    return found;
  }

  async #find(asking: Asking): Promise<Found> {
    const { request, route } = asking;
    if (request.method !== 'GET' && request.method !== 'HEAD') return this.#passOn(asking);
    // Nothing is kept, and nobody waits for another's answer (AWS, "Simultaneous requests for the same object").
    if (route.cachePolicy.MaxTTL === 0) return this.#passOn(asking);
    const key = cacheKey(request, route.cachePolicy);
    const here = this.#cached(key, asking) ?? this.#arrived(key);
    if (here) return here;
    const pending = this.#pending.get(key);
    if (pending) {
      pending.waiting.join(asking.gone);
      await pending.found;
      const arrived = this.#cached(key, asking) ?? this.#arrived(key);
      if (arrived) return arrived;
    }
    const stale = this.#cache.get(key);
    if (!stale && request.method === 'HEAD') return this.#passOn(asking);
    // A part of an object is not the object: nobody waits for it.
    if (!stale && request.headers.range !== undefined) return this.#fetch(key, asking, undefined, asking.gone);
    return this.#collapsed(key, asking.gone, (gone) => this.#fetch(key, asking, stale, gone));
  }

  #collapsed(
    key: string,
    viewerGone: AbortSignal | undefined,
    fetch: (gone: AbortSignal) => Promise<Found>,
  ): Promise<Found> {
    const waiting = new Waiting(viewerGone);
    const found = fetch(waiting.gone);
    if (this.#pending.has(key)) return found;
    const pending = { found: found.catch(() => undefined), waiting };
    this.#pending.set(key, pending);
    void pending.found.then(() => {
      if (this.#pending.get(key) === pending) this.#pending.delete(key);
    });
    return found;
  }

  #cached(key: string, asking: Asking): Found | undefined {
    const now = this.#options.now().getTime();
    const object = this.#cache.get(key);
    if (!object) return undefined;
    // Stored later than now: the clock was put back, and nobody knows how old the object is.
    if (object.storedAt > now) return undefined;
    if (object.freshUntil > now) return hit(object, now);
    if (!mayBeServedMeanwhile(object, now)) return undefined;
    if (!this.#pending.has(key)) this.#renewMeanwhile(key, asking, object);
    return hit(object, now);
  }

  #renewMeanwhile(key: string, asking: Asking, stale: CachedObject): void {
    this.#collapsed(key, undefined, (gone) => this.#fetch(key, asking, stale, gone)).then(
      ({ body }) => body instanceof SharedBody && body.discard(),
      () => {}, // The object at hand stays what it is.
    );
  }

  /** An object whose headers are here and whose bytes still come. */
  #arrived(key: string): Found | undefined {
    const found = this.#arriving.get(key);
    return found?.body instanceof SharedBody && found.body.isFromStart
      ? { ...found, outcome: 'Hit', age: 0 }
      : undefined;
  }

  /** Without the cache: the origin's own answer to this very request. A HEAD, too, brings no bytes to keep. */
  async #passOn({ request, requestId, route, gone }: Asking): Promise<Found> {
    const { origins } = this.#options;
    const { body, ...answer } = await origins.ask(request, requestId, route, rangeOf(request), gone);
    return { ...answer, body: new SharedBody(body, 0), outcome: 'Miss' };
  }

  async #fetch(
    key: string,
    asking: Asking,
    stale: CachedObject | undefined,
    gone: AbortSignal | undefined,
  ): Promise<Found> {
    const { request, requestId, route, askedPath } = asking;
    const fetching: Fetching = { paths: [askedPath, request.path], tags: [], meanwhile: [], isInvalid: false };
    this.#fetching.add(fetching);
    const whole: EdgeRequest = { ...request, method: 'GET' };
    try {
      const more = stale ? validators(stale) : rangeOf(request);
      const answer = await this.#options.origins.ask(whole, requestId, route, more, gone);
      const freshness = { policy: route.cachePolicy, errorSeconds: this.#options.errorSeconds };
      this.#tag(fetching, answer.headers);
      const renewed = stale && renew(stale, answer, freshness, this.#options.now());
      if (!renewed) return this.#arrive(key, answer, freshness, fetching, stale);
      answer.body.resume();
      // An answer without a body names no tags: the object's own count.
      if (!fetching.isInvalid && !isTagged(renewed.object.tags, fetching.meanwhile))
        this.#cache.set(key, renewed.object);
      this.#fetching.delete(fetching);
      return hit(renewed.object, this.#options.now().getTime(), renewed.outcome);
    } catch (error) {
      this.#fetching.delete(fetching);
      throw error;
    }
  }

  /** The answer may have been made before its tags were invalidated. */
  #tag(fetching: Fetching, headers: Headers): void {
    fetching.tags = tagsOf(headers, this.#options.tagHeader);
    fetching.isInvalid ||= isTagged(fetching.tags, fetching.meanwhile);
  }

  /** An answer of the origin: to the viewer as it comes, to the cache when it is whole. */
  #arrive(
    key: string,
    { status, headers, body: source }: OriginAnswer,
    freshness: Freshness,
    fetching: Fetching,
    stale: CachedObject | undefined,
  ): Found {
    const now = this.#options.now();
    const seconds = secondsFresh(status, headers, freshness, now);
    const isKept = seconds > 0 && Number(headers['content-length'] ?? 0) <= KEPT_OBJECT_BYTES;
    const body = new SharedBody(source, isKept ? KEPT_OBJECT_BYTES : 0);
    const found: Found = { status, headers, body, outcome: 'Miss' };
    if (isKept && !fetching.isInvalid) this.#arriving.set(key, found);
    if (!isKept && stale && this.#cache.get(key) === stale) this.#cache.delete(key);
    void body.whole.then((bytes) => {
      this.#fetching.delete(fetching);
      if (this.#arriving.get(key) === found) this.#arriving.delete(key);
      if (!bytes || fetching.isInvalid) return;
      const storedAt = now.getTime();
      const freshUntil = storedAt + seconds * 1000;
      const { paths, tags } = fetching;
      this.#cache.set(key, { status, headers, body: bytes, storedAt, freshUntil, paths, tags });
    });
    return found;
  }
}

function hit(object: CachedObject, now: number, outcome: CacheOutcome = 'Hit'): Found {
  const { status, headers, body, storedAt } = object;
  return { status, headers, body, outcome, age: Math.max(0, Math.floor((now - storedAt) / 1000)) };
}
