import type { Caller } from '../../kernel/caller.ts';
import type { FoundAsset } from './find-documents.ts';
import { findDocuments } from './find-documents.ts';
import { withinFolder } from './is-one-of.ts';
import type { SearchQuery } from './query.ts';
import { resolveTimes } from './resolve-times.ts';
import type { SearchAssetsDeps } from './search-assets.ts';
import { formatOf } from './search-document.ts';

/** A value and how many of the assets have it. */
export interface CountedValue {
  readonly value: string;
  readonly count: number;
}

/** How what a search means is spread; each list from the most frequent, and of the most frequent alone. */
export interface Facets {
  readonly total: number;
  readonly types: readonly CountedValue[];
  readonly formats: readonly CountedValue[];
  readonly tags: readonly CountedValue[];
  /** Paths of the folders in which they lie. */
  readonly folders: readonly CountedValue[];
}

export interface CountFacetsInput {
  readonly query: SearchQuery;
  /** Folder in canonical form: that level only. @default the whole library */
  readonly path?: string | undefined;
  /** Values of each list. */
  readonly limit: number;
}

/**
 * Counts what a query means, of what the caller may see.
 * @throws Problem search.limit or list.limit
 */
export async function countFacets(deps: SearchAssetsDeps, caller: Caller, input: CountFacetsInput): Promise<Facets> {
  const query = withinFolder(resolveTimes(input.query, deps.clock()), input.path);
  const found = await findDocuments(deps, caller, query);
  const count = (read: (asset: FoundAsset) => readonly (string | undefined)[]) =>
    countValues(found.map(read), input.limit);
  return {
    total: found.length,
    types: count(({ document }) => [document.type]),
    formats: count(({ document }) => [formatOf(document)]),
    tags: count(({ document }) => document.tags ?? []),
    folders: count(({ document }) => [document.folderPath]),
  };
}

/** Values from the most frequent, equal ones in their own order. */
export function countValues(
  assets: readonly (readonly (string | undefined)[])[],
  limit: number,
): readonly CountedValue[] {
  const counts = new Map<string, number>();
  for (const values of assets) {
    for (const value of new Set(values)) {
      if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1))
    .slice(0, limit);
}
