import { LIMITS } from '../../../contract/limits.ts';
import { readFolderPath } from '../tree/read-folder-path.ts';
import type { TermLookup } from './index-terms.ts';
import { lookupsOf } from './index-terms.ts';
import type { FieldComparison, SearchQuery } from './query.ts';
import { isGroup } from './query.ts';
import type { AssetType } from './search-fields.ts';
import { ASSET_TYPES } from './search-fields.ts';

/** Where the files lie among which those are that a query means. */
export type Access =
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | { readonly kind: 'folders'; readonly paths: readonly string[] }
  | { readonly kind: 'everything' }
  | TermAccess;

/** Alternatives: the files under all terms of any one of them are enough. What else leads to them when all are too many. */
export interface TermAccess {
  readonly kind: 'terms';
  readonly alternatives: readonly (readonly TermLookup[])[];
  readonly otherwise: DirectAccess;
}

/** Needs no look at the terms. */
export type DirectAccess = Exclude<Access, TermAccess>;

const EVERYTHING: DirectAccess = { kind: 'everything' };

/** From the cheapest. */
const RANKS: readonly Access['kind'][] = ['ids', 'folders', 'everything'];

/** The cheapest way to a query's files: by id, by terms of the index, from a folder, else from all of them. */
export function planAccess(query: SearchQuery): Access {
  const direct = directAccess(query);
  const alternatives = direct.kind === 'ids' ? [] : alternativesOf(query);
  return alternatives.length > 0 ? { kind: 'terms', alternatives, otherwise: direct } : direct;
}

function directAccess(query: SearchQuery): DirectAccess {
  if (!isGroup(query)) return accessOf(query);
  const parts = query.parts.map(directAccess);
  return query.kind === 'and' ? cheapest(parts) : together(parts);
}

function accessOf({ field, operator, values }: FieldComparison): DirectAccess {
  const texts = values.flatMap((value) => (value.kind === 'text' ? [value.text] : []));
  if (operator !== '=' && operator !== 'IN') return EVERYTHING;
  if (field === 'id') return { kind: 'ids', ids: [...new Set(texts.filter(isId))] };
  if (field === 'path') return { kind: 'folders', paths: [...new Set(texts.map(readFolderPath).filter(canBeFolder))] };
  return EVERYTHING;
}

/** The table refuses keys that are longer than any of ours, so nobody asks for one. */
const isId = (text: string): boolean => /^[0-9a-f]{24}$/.test(text);

const canBeFolder = (path: string): boolean => Buffer.byteLength(path) <= LIMITS.pathBytes;

const cheapest = (parts: readonly DirectAccess[]): DirectAccess =>
  parts.toSorted((one, other) => RANKS.indexOf(one.kind) - RANKS.indexOf(other.kind))[0] ?? EVERYTHING;

/** Every part must have its files found. */
function together(parts: readonly DirectAccess[]): DirectAccess {
  if (parts.every((part) => part.kind === 'ids')) {
    return { kind: 'ids', ids: [...new Set(parts.flatMap(({ ids }) => ids))] };
  }
  if (parts.every((part) => part.kind === 'folders')) {
    return { kind: 'folders', paths: [...new Set(parts.flatMap(({ paths }) => paths))] };
  }
  return EVERYTHING;
}

/** Alternatives that are looked at before one of them is chosen. */
const ALTERNATIVES = 8;

/** Of AND, each part's alternatives are enough; of OR, every part must have one. */
function alternativesOf(query: SearchQuery): readonly (readonly TermLookup[])[] {
  if (!isGroup(query)) return lookupsOf(query);
  const parts = query.parts.map(alternativesOf);
  if (query.kind === 'and') return parts.flat().slice(0, ALTERNATIVES);
  return parts.every(([first]) => first !== undefined) ? [parts.flatMap(([first = []]) => first)] : [];
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
