import type { EdgeRule, RequestFacts } from './edge-rules.ts';
import { isRefused } from './edge-rules.ts';

/**
 * What the edge function asks its KeyValueStore before the cache, on every request: block and allow rules, takedowns.
 * Written in the language of the edge, see canonical-url.ts.
 */

/** The store as the edge's runtime offers it. */
export interface EdgeStore {
  exists(key: string): Promise<boolean>;
  get(key: string, options: { format: 'json' }): Promise<unknown>;
}

/** A value under `rulesKey`; the first one says how many there are. */
export interface RulesValue {
  readonly n: number;
  readonly r: readonly EdgeRule[];
}

/** A value under `takenKey`. */
export interface TakenValue {
  /** End in seconds since 1970; absent for none. */
  readonly e?: number;
}

/** @param scope `global` or an endpoint's id */
export const rulesKey = (scope: string, index: number): string => `rules:${scope}:${index}`;

/** @param assetHash as in the asset's variant paths */
export const takenKey = (assetHash: string): string => `taken:${assetHash}`;

/**
 * The status that refuses a request: 403 by a rule, 451 for an asset under takedown (RFC 7725), 0 when nothing does.
 * @throws when the store lacks what it promised, so that the caller can refuse
 */
export async function refusedAtEdge(
  store: EdgeStore,
  endpoint: string,
  assetHash: string,
  facts: RequestFacts,
): Promise<number> {
  if ((await isRefusedIn(store, 'global', facts)) || (await isRefusedIn(store, endpoint, facts))) return 403;
  const taken = (await read(store, takenKey(assetHash))) as TakenValue | undefined;
  return taken && !(facts.now >= (taken.e as number)) ? 451 : 0;
}

async function isRefusedIn(store: EdgeStore, scope: string, facts: RequestFacts): Promise<boolean> {
  const first = (await read(store, rulesKey(scope, 0))) as RulesValue | undefined;
  if (!first) return false;
  let rules = first.r;
  for (let index = 1; index < first.n; index++) {
    rules = rules.concat(((await read(store, rulesKey(scope, index))) as RulesValue).r);
  }
  return isRefused(rules, facts);
}

async function read(store: EdgeStore, key: string): Promise<unknown> {
  return (await store.exists(key)) ? store.get(key, { format: 'json' }) : undefined;
}
