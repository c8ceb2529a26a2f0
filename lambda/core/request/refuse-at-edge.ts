import type { EdgeRule, RequestFacts } from './edge-rules.ts';
import { isRefused } from './edge-rules.ts';
import type { ReadSetting } from './judge-url.ts';

/** What the edge function asks its KeyValueStore before the cache, on every request: block and allow rules, takedowns. */

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
  read: ReadSetting,
  endpoint: string,
  assetHash: string,
  facts: RequestFacts,
): Promise<number> {
  if ((await isRefusedIn(read, 'global', facts)) || (await isRefusedIn(read, endpoint, facts))) return 403;
  const taken = await read(takenKey(assetHash));
  return taken && !(facts.now >= ((JSON.parse(taken) as TakenValue).e as number)) ? 451 : 0;
}

async function isRefusedIn(read: ReadSetting, scope: string, facts: RequestFacts): Promise<boolean> {
  let rules: readonly EdgeRule[] = [];
  let count = 1;
  for (let index = 0; index < count; index++) {
    const text = await read(rulesKey(scope, index));
    if (!text && !index) return false;
    const value = JSON.parse(text as string) as RulesValue;
    count = value.n;
    rules = rules.concat(value.r);
  }
  return isRefused(rules, facts);
}
