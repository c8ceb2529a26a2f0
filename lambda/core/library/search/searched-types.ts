import type { SearchQuery } from './query.ts';
import { isGroup } from './query.ts';
import type { AssetType } from './search-fields.ts';
import { ASSET_TYPES } from './search-fields.ts';

/** The types of assets that a query can mean. Where it says nothing of the type, it means files as they are now. */
export const searchedTypes = (query: SearchQuery): ReadonlySet<AssetType> => statedTypes(query) ?? new Set(['file']);

/** @returns undefined where nothing is said of the type */
function statedTypes(query: SearchQuery): ReadonlySet<AssetType> | undefined {
  if (!isGroup(query)) {
    if (query.field !== 'type') return undefined;
    const named = query.values.map((value) => (value.kind === 'text' ? value.text : ''));
    const isWanted = !query.operator.startsWith('NOT');
    return new Set(ASSET_TYPES.filter((type) => named.includes(type) === isWanted));
  }
  const parts = query.parts.map(statedTypes);
  if (parts.every((part) => part === undefined)) return undefined;
  if (query.kind === 'or') return new Set(parts.flatMap((part) => [...(part ?? ['file' as const])]));
  const stated = parts.filter((part) => part !== undefined);
  return new Set(ASSET_TYPES.filter((type) => stated.every((part) => part.has(type))));
}
