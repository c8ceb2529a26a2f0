import type { EdgeRule, RequestFacts } from './edge-rules.ts';
import { isRefused } from './edge-rules.ts';
import type { ReadSetting } from './judge-url.ts';

/** What the edge function asks its KeyValueStore before the cache, on every request: block and allow rules, takedowns. */

/** A value under `rulesKey`; the first one says how many there are. */
export interface RulesValue {
  readonly n: number;
  readonly r: readonly EdgeRule[];
}

/** @param scope `global` or an endpoint's id */
export const rulesKey = (scope: string, index: number): string => `rules:${scope}:${index}`;

/** Values that takedowns share. Each page of the store's list costs a call, so a value for each takedown would cost more with each. */
export const TAKEN_VALUES = 512;

/** Key of the value that would name the asset. @param assetHash as in the asset's variant paths */
export const takenKey = (assetHash: string): string => `taken:${parseInt(assetHash.slice(0, 3), 16) % TAKEN_VALUES}`;

/**
 * What such a value has for a taken file, followed by the end in seconds since 1970 if there is one. With the key it says
 * 89 bits of the hash: two paths share them neither by chance nor by somebody's work, so no innocent file is refused.
 */
export const takenMark = (assetHash: string): string => `,${assetHash.slice(3, 23)}`;

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
  const taken = ((await read(takenKey(assetHash))) || '').split(takenMark(assetHash));
  return taken.length > 1 && !(facts.now >= parseInt(taken[1] as string, 10)) ? 451 : 0;
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
