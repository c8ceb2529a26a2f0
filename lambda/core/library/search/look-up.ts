import type { DirectAccess, TermAccess } from './plan-access.ts';
import type { SearchIndex } from './search-index.ts';

/**
 * Files under a term that are read one by one, a read unit each. All documents cost a twentieth of a unit each, so more than
 * this is not worth it in a library that can be read whole.
 */
const LOOKED_UP = 2000;

/** Files that cost no more to read than another look at the index. */
const FEW = 20;

/** The ids of the alternative with the fewest files, or what else leads to them where all are too many. */
export async function lookUp(
  index: Pick<SearchIndex, 'idsUnder'>,
  { alternatives, otherwise }: TermAccess,
): Promise<DirectAccess> {
  let best: readonly string[] | undefined;
  for (const lookups of alternatives) {
    const limit = best?.length ?? LOOKED_UP;
    const found = await Promise.all(lookups.map((lookup) => index.idsUnder(lookup, limit)));
    const ids = [...new Set(found.flatMap((one) => one ?? []))];
    if (found.every((one) => one !== undefined) && ids.length <= limit) best = ids;
    if (best && best.length <= FEW) break;
  }
  return best ? { kind: 'ids', ids: best } : otherwise;
}
