import type { CustomField, FieldType } from '../custom-fields/custom-field.ts';
import type { SearchOperator } from './query.ts';

/** What a field is compared with. */
export type ValueKind =
  | 'text'
  | 'path'
  | 'type'
  | 'format'
  | 'number'
  | 'bytes'
  | 'moment'
  | 'flag'
  | 'option'
  | 'area';

export interface SearchField {
  readonly operators: readonly SearchOperator[];
  readonly value: ValueKind;
}

const EQUALITY = ['=', 'NOT =', 'IN', 'NOT IN'] as const;
const ORDER = ['<', '<=', '>', '>='] as const;
const PRESENCE = ['EXISTS', 'NOT EXISTS'] as const;

const MEASURE: readonly SearchOperator[] = [...EQUALITY, ...ORDER];
const TEXT: readonly SearchOperator[] = [...EQUALITY, ':', 'HAS'];

/** The fields of the language and what they may be compared by (ImageKit, "Advanced search queries"); `description` and `checksum` are ours. */
export const SEARCH_FIELDS: Readonly<Record<string, SearchField>> = {
  name: { operators: TEXT, value: 'text' },
  description: { operators: [...TEXT, ...PRESENCE], value: 'text' },
  tags: { operators: ['IN', 'NOT IN', 'HAS', ...PRESENCE], value: 'text' },
  type: { operators: EQUALITY, value: 'type' },
  id: { operators: EQUALITY, value: 'text' },
  createdAt: { operators: MEASURE, value: 'moment' },
  updatedAt: { operators: MEASURE, value: 'moment' },
  width: { operators: MEASURE, value: 'number' },
  height: { operators: MEASURE, value: 'number' },
  size: { operators: MEASURE, value: 'bytes' },
  format: { operators: ['=', 'IN'], value: 'format' },
  private: { operators: ['='], value: 'flag' },
  published: { operators: ['='], value: 'flag' },
  transparency: { operators: ['='], value: 'flag' },
  createdBy: { operators: EQUALITY, value: 'text' },
  checksum: { operators: ['=', 'IN', ...PRESENCE], value: 'text' },
  path: { operators: [...EQUALITY, ':'], value: 'path' },
  'embeddedMetadata.Keywords': { operators: ['IN', 'NOT IN', ...PRESENCE], value: 'text' },
  'embeddedMetadata.DateTimeOriginal': { operators: MEASURE, value: 'moment' },
  'embeddedMetadata.LocationTaken': { operators: ['='], value: 'area' },
};

const CUSTOM_FIELDS: Readonly<Record<FieldType, SearchField>> = {
  Text: { operators: [...TEXT, ...PRESENCE], value: 'text' },
  Textarea: { operators: [...TEXT, ...PRESENCE], value: 'text' },
  Number: { operators: [...MEASURE, ...PRESENCE], value: 'number' },
  Date: { operators: [...MEASURE, ...PRESENCE], value: 'moment' },
  Boolean: { operators: ['=', ...PRESENCE], value: 'flag' },
  SingleSelect: { operators: [...MEASURE, ':', ...PRESENCE], value: 'option' },
  MultiSelect: { operators: ['IN', 'NOT IN', ...PRESENCE], value: 'option' },
};

export const CUSTOM_METADATA = 'customMetadata.';

/** Formats that `format` takes, with the types and the endings of names that are meant by them. */
export const FORMATS = [
  ...['jpg', 'webp', 'png', 'gif', 'svg', 'avif', 'pdf', 'js', 'woff2', 'woff', 'ttf', 'otf', 'eot', 'css', 'txt'],
  ...['mp4', 'webm', 'mov', 'swf', 'ts', 'm3u8', 'ico'],
] as const;

export const ASSET_TYPES = ['file', 'file-version', 'folder'] as const;

export type AssetType = (typeof ASSET_TYPES)[number];

/** Fields by their names: those of the language, and the account's own. */
export type FindSearchField = (name: string) => SearchField | undefined;

/** @param fields of the account; a deleted one is searched no more */
export function searchFields(fields: readonly CustomField[]): FindSearchField {
  const custom = new Map(
    fields.flatMap(({ name, schema, deletedAt }) => (deletedAt === undefined ? [[name, schema.type] as const] : [])),
  );
  return (name) => {
    if (Object.hasOwn(SEARCH_FIELDS, name)) return SEARCH_FIELDS[name];
    const type = name.startsWith(CUSTOM_METADATA) ? custom.get(name.slice(CUSTOM_METADATA.length)) : undefined;
    return type && CUSTOM_FIELDS[type];
  };
}
