import type { DirectAccess, TermAccess } from './plan-access.ts';
import type { SearchIndex } from './search-index.ts';

/**
 * Files under a term that are read one by one, a read unit each. All documents cost a twentieth of a unit each, so more than
 * this is not worth it in a library that can be read whole.
 */
const LOOKED_UP = 2000;

/** Files that cost no more to read than another look at the index. */
const FEW = 20;

/**
 * The ids of the alternative with the fewest files, or what else leads to them where all are too many. An alternative with few is
 * looked for first: otherwise a frequent word beside a rare one would cost what the library's size says.
 */
export async function lookUp(
  index: Pick<SearchIndex, 'idsUnder'>,
  { alternatives, otherwise }: TermAccess,
): Promise<DirectAccess> {
  const ids = (await fewestUnder(index, alternatives, FEW)) ?? (await fewestUnder(index, alternatives, LOOKED_UP));
  return ids ? { kind: 'ids', ids } : otherwise;
}

/** @returns undefined when there are more than the limit under each alternative */
async function fewestUnder(
  index: Pick<SearchIndex, 'idsUnder'>,
  alternatives: TermAccess['alternatives'],
  most: number,
): Promise<readonly string[] | undefined> {
  let best: readonly string[] | undefined;
  for (const lookups of alternatives) {
    const limit = best?.length ?? most;
    const found = await Promise.all(lookups.map((lookup) => index.idsUnder(lookup, limit)));
    const ids = [...new Set(found.flatMap((one) => one ?? []))];
    if (found.every((one) => one !== undefined) && ids.length <= limit) best = ids;
    if (best && best.length <= FEW) break;
  }
  return best;
}
