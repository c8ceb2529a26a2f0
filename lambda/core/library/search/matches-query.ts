import { isInArea } from './is-in-area.ts';
import type { FieldComparison, SearchQuery, SearchValue } from './query.ts';
import { isGroup } from './query.ts';
import { withSlashes } from './read-value.ts';
import type { LocatedDocument } from './search-document.ts';
import { formatOf } from './search-document.ts';
import { CUSTOM_METADATA } from './search-fields.ts';
import { searchWords } from './search-words.ts';

type Plain = string | number | boolean;

/**
 * Whether an asset is meant by a query: the one place that says so. A comparison with NOT holds where the one without does
 * not, so it holds for assets that have no value at all.
 * @param query without relative times (`resolveTimes`)
 */
export function matchesQuery(query: SearchQuery, document: LocatedDocument): boolean {
  if (!isGroup(query)) return matchesComparison(query, document);
  return query.kind === 'and'
    ? query.parts.every((part) => matchesQuery(part, document))
    : query.parts.some((part) => matchesQuery(part, document));
}

function matchesComparison({ field, operator, values }: FieldComparison, document: LocatedDocument): boolean {
  if (field === 'embeddedMetadata.LocationTaken') return values.some((value) => isTakenIn(document, value));
  const present = valuesOf(field, document);
  const wanted = values.map(plainValue);
  switch (operator) {
    case '=':
    case 'IN':
      return present.some((one) => wanted.includes(one));
    case 'NOT =':
    case 'NOT IN':
      return !present.some((one) => wanted.includes(one));
    case ':':
      return present.some((one) => String(one).startsWith(String(wanted[0])));
    case 'HAS':
      return hasWords(present, String(wanted[0]));
    case 'EXISTS':
      return present.length > 0;
    case 'NOT EXISTS':
      return present.length === 0;
    default:
      return present.some((one) => isOrdered(one, operator, wanted[0]));
  }
}

function isOrdered(one: Plain, operator: '<' | '<=' | '>' | '>=', bound: Plain | undefined): boolean {
  if (typeof one !== 'number' || typeof bound !== 'number') return false;
  if (operator.startsWith('<')) return one < bound || (operator === '<=' && one === bound);
  return one > bound || (operator === '>=' && one === bound);
}

/** Every word of the value is one of the texts' words; of its last one a beginning is enough. */
function hasWords(texts: readonly Plain[], value: string): boolean {
  const present = texts.flatMap((text) => searchWords(String(text)));
  const wanted = searchWords(value);
  const last = wanted.pop() ?? '';
  return wanted.every((word) => present.includes(word)) && present.some((word) => word.startsWith(last));
}

/** What an asset has of a field; nothing when it has none. Moments are milliseconds. */
export function valuesOf(field: string, document: LocatedDocument): readonly Plain[] {
  const read = Object.hasOwn(VALUES, field) ? VALUES[field] : undefined;
  if (read) return read(document).filter((value) => value !== undefined);
  const name = field.slice(CUSTOM_METADATA.length);
  const { customMetadata = {} } = document;
  const value = Object.hasOwn(customMetadata, name) ? customMetadata[name] : undefined;
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as Plain];
}

const VALUES: Readonly<Record<string, (document: LocatedDocument) => readonly (Plain | undefined)[]>> = {
  name: ({ name }) => [name],
  description: ({ description }) => [description],
  tags: ({ tags = [] }) => tags,
  type: ({ type }) => [type],
  id: ({ id }) => [id],
  createdAt: ({ createdAt }) => [Date.parse(createdAt)],
  updatedAt: ({ updatedAt }) => [Date.parse(updatedAt)],
  width: ({ width }) => [width],
  height: ({ height }) => [height],
  size: ({ size }) => [size],
  format: (document) => [formatOf(document)],
  private: ({ isPrivate }) => [isPrivate],
  published: ({ isPublished }) => [isPublished],
  transparency: ({ hasAlpha }) => [hasAlpha],
  createdBy: ({ createdBy }) => [createdBy],
  checksum: ({ checksum }) => [checksum],
  path: ({ folderPath }) => [withSlashes(folderPath)],
  'embeddedMetadata.Keywords': ({ keywords = [] }) => keywords,
  'embeddedMetadata.DateTimeOriginal': ({ takenAt }) => [takenAt === undefined ? undefined : Date.parse(takenAt)],
};

const isTakenIn = ({ takenIn }: LocatedDocument, value: SearchValue): boolean =>
  takenIn !== undefined && value.kind === 'area' && isInArea(takenIn, value.area);

function plainValue(value: SearchValue): Plain {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'number':
      return value.number;
    case 'flag':
      return value.flag;
    case 'moment':
      return value.at;
    default:
      throw new Error(`A value of the kind ${value.kind} has no plain form.`);
  }
}
