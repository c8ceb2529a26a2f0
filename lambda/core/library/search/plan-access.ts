import { LIMITS } from '../../../contract/limits.ts';
import { readFolderPath } from '../tree/read-folder-path.ts';
import type { FieldComparison, SearchQuery } from './query.ts';
import { isGroup } from './query.ts';
import type { AssetType } from './search-fields.ts';
import { ASSET_TYPES } from './search-fields.ts';

/** Where the files lie among which those are that a query means. */
export type Access =
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | { readonly kind: 'folders'; readonly paths: readonly string[] }
  | { readonly kind: 'everything' };

const RANKS: readonly Access['kind'][] = ['ids', 'folders', 'everything'];

/** The cheapest way to a query's files: by id, from a folder, else from all of them. */
export function planAccess(query: SearchQuery): Access {
  if (!isGroup(query)) return accessOf(query);
  const parts = query.parts.map(planAccess);
  return query.kind === 'and' ? cheapest(parts) : together(parts);
}

function accessOf({ field, operator, values }: FieldComparison): Access {
  const texts = values.flatMap((value) => (value.kind === 'text' ? [value.text] : []));
  if (operator !== '=' && operator !== 'IN') return { kind: 'everything' };
  if (field === 'id') return { kind: 'ids', ids: [...new Set(texts.filter(isId))] };
  if (field === 'path') return { kind: 'folders', paths: [...new Set(texts.map(readFolderPath).filter(canBeFolder))] };
  return { kind: 'everything' };
}

/** The table refuses keys that are longer than any of ours, so nobody asks for one. */
const isId = (text: string): boolean => /^[0-9a-f]{24}$/.test(text);

const canBeFolder = (path: string): boolean => Buffer.byteLength(path) <= LIMITS.pathBytes;

const cheapest = (parts: readonly Access[]): Access =>
  parts.toSorted((one, other) => RANKS.indexOf(one.kind) - RANKS.indexOf(other.kind))[0] ?? { kind: 'everything' };

/** Every part must have its files found. */
function together(parts: readonly Access[]): Access {
  if (parts.every((part) => part.kind === 'ids'))
    return { kind: 'ids', ids: [...new Set(parts.flatMap(({ ids }) => ids))] };
  if (parts.every((part) => part.kind === 'folders')) {
    return { kind: 'folders', paths: [...new Set(parts.flatMap(({ paths }) => paths))] };
  }
  return { kind: 'everything' };
}

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
