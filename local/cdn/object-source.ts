import type { Readable } from 'node:stream';
import type { CdnStatistics } from './cdn.ts';
import { type DistributionConfig, originsOf } from './distribution-config.ts';
import { secondsFresh } from './freshness.ts';
import type { EdgeRequest, Headers } from './functions/events.ts';
import { isInvalidated, ObjectCache } from './object-cache.ts';
import { type OriginAnswer, OriginClient, type OriginTarget, readAll } from './origin-client.ts';
import { type CachePolicy, cacheKey, forwarded, type OriginRequestPolicy } from './policies.ts';

/** Where a behaviour's objects come from. */
export interface Route {
  readonly targetId: string;
  readonly cachePolicy: CachePolicy;
  readonly originPolicy: OriginRequestPolicy | undefined;
}

export interface Found {
  readonly status: number;
  readonly headers: Headers;
  /** A stream when the object is too large to keep, or a part of one. */
  readonly body: Buffer | Readable;
  /** Seconds in the cache; undefined when it came from the origin for this very request. */
  readonly age: number | undefined;
}

/** Larger objects are passed on as they come and not kept here. */
const MAXIMUM_KEPT_BYTES = 32 * 1024 * 1024;

const UNREACHABLE: Found = {
  status: 502,
  headers: { 'content-type': 'text/plain' },
  body: Buffer.from('The origin could not be reached.\n'),
  age: undefined,
};

/**
 * The cache and what is behind it. Simultaneous requests for one object that is not there become one request to the
 * origin (AWS, "Request collapsing"): whoever came later is served from the cache.
 */
export class ObjectSource {
  readonly #config: DistributionConfig;
  readonly #origins: ReadonlyMap<string, OriginTarget>;
  readonly #now: () => Date;
  readonly #cache = new ObjectCache();
  readonly #client = new OriginClient();
  readonly #pending = new Map<string, Promise<void>>();
  /** Invalidations during a request to the origin: what it brings is then not kept. */
  readonly #fetching = new Set<{ readonly paths: readonly string[]; isInvalid: boolean }>();
  readonly #statistics = { hits: 0, misses: 0, originRequests: {} as Record<string, number> };

  constructor(config: DistributionConfig, origins: ReadonlyMap<string, OriginTarget>, now: () => Date) {
    this.#config = config;
    this.#origins = origins;
    this.#now = now;
  }

  get statistics(): CdnStatistics {
    return { ...this.#statistics, originRequests: { ...this.#statistics.originRequests } };
  }

  invalidate(paths: readonly string[]): void {
    this.#cache.invalidate(paths);
    for (const fetch of this.#fetching) fetch.isInvalid ||= fetch.paths.some((path) => isInvalidated(path, paths));
  }

  close(): void {
    this.#client.close();
  }

  /** @param askedPath the path before the viewer-request function rewrote it */
  async find(request: EdgeRequest, route: Route, askedPath: string): Promise<Found> {
    const key = cacheKey(request, route.cachePolicy);
    const cached = this.#cached(key);
    if (cached) return cached;
    const pending = this.#pending.get(key);
    if (pending) {
      await pending;
      const arrived = this.#cached(key);
      if (arrived) return arrived;
    }
    this.#statistics.misses++;
    const fetching = this.#fetch(request, route, key, [askedPath, request.path]);
    const settled = fetching.then(
      () => {},
      () => {},
    );
    if (!this.#pending.has(key)) {
      this.#pending.set(key, settled);
      void settled.then(() => this.#pending.delete(key));
    }
    return fetching;
  }

  #cached(key: string): Found | undefined {
    const now = this.#now().getTime();
    const object = this.#cache.get(key, now);
    if (!object) return undefined;
    this.#statistics.hits++;
    const { status, headers, body, storedAt } = object;
    return { status, headers, body, age: Math.max(0, Math.floor((now - storedAt) / 1000)) };
  }

  async #fetch(request: EdgeRequest, route: Route, key: string, paths: readonly string[]): Promise<Found> {
    const fetch = { paths, isInvalid: false };
    this.#fetching.add(fetch);
    try {
      const answer = await this.#askOrigins(request, route);
      if (!answer) return UNREACHABLE;
      const { status, headers } = answer;
      if (status === 206 || Number(headers['content-length'] ?? 0) > MAXIMUM_KEPT_BYTES) {
        return { status, headers, body: answer.body, age: undefined };
      }
      const body = await readAll(answer.body);
      const now = this.#now();
      const seconds = secondsFresh(status, headers, route.cachePolicy, now);
      if (seconds > 0 && !fetch.isInvalid) {
        const storedAt = now.getTime();
        this.#cache.set(key, { status, headers, body, storedAt, freshUntil: storedAt + seconds * 1000, paths });
      }
      return { status, headers, body, age: undefined };
    } catch {
      return UNREACHABLE; // The origin broke off in the middle of its answer.
    } finally {
      this.#fetching.delete(fetch);
    }
  }

  /** Asks the origins in turn; a status of the failover list lets the next one try. */
  async #askOrigins(request: EdgeRequest, route: Route): Promise<OriginAnswer | undefined> {
    const { ids, failoverOn } = originsOf(this.#config, route.targetId);
    const { query, headers } = forwarded(request, route.cachePolicy, route.originPolicy);
    const range: Headers = request.headers.range === undefined ? {} : { range: request.headers.range };
    for (const [index, id] of ids.entries()) {
      const target = this.#origins.get(id);
      if (!target) throw new Error(`the origin ${id} is not known`);
      this.#statistics.originRequests[id] = (this.#statistics.originRequests[id] ?? 0) + 1;
      const sent = { method: 'GET', path: request.path, query, headers: { ...headers, ...range } };
      const answer = await this.#client.send(target, sent, this.#now()).catch(() => undefined);
      const isLast = index === ids.length - 1;
      if (isLast || !failoverOn.includes(answer?.status ?? 502)) return answer;
      answer?.body.resume();
    }
    return undefined;
  }
}
