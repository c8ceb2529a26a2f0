import { escapeUri } from '../../../sigv4/canonical-request.ts';
import { s3Error } from '../errors.ts';
import type { S3Request } from '../request.ts';
import type { ObjectTable, ScanPosition } from '../store/object-table.ts';
import type { ObjectVersion } from '../store/object-version.ts';

/** Most entries in one answer (S3 API reference, ListObjectsV2). */
const MAX_KEYS = 1000;
/** Rows read from the database at once. */
const BATCH = 1000;
/** Greater than every sequence: all versions of the key count. */
export const ALL_VERSIONS = Number.MAX_SAFE_INTEGER;
/** Sorts behind every byte of UTF-8, so a key with it added is behind all keys that begin with the key. */
const BEHIND_ALL = Uint8Array.of(0xff);

/** What a listing is asked for, the same in all its forms. */
export interface ListingQuery {
  readonly prefix: string;
  readonly delimiter: string;
  readonly maximum: number;
  /** For keys and prefixes in the answer. */
  readonly encode: (text: string) => string;
  readonly encodingType: 'url' | undefined;
}

/** Entries in order, each a version or a common prefix. */
export interface Listing {
  readonly versions: readonly ObjectVersion[];
  readonly prefixes: readonly string[];
  /** The last entry, to go on from; undefined when the listing is complete. */
  readonly last: ObjectVersion | string | undefined;
}

/** @throws S3Error InvalidArgument */
export function readListingQuery({ query }: S3Request): ListingQuery {
  const maximum = query.get('max-keys') ?? String(MAX_KEYS);
  if (!/^\d{1,9}$/.test(maximum)) throw s3Error('InvalidArgument', 'max-keys must be a number from 0');
  const encodingType = query.get('encoding-type');
  if (encodingType !== undefined && encodingType !== 'url')
    throw s3Error('InvalidArgument', 'encoding-type must be url');
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    maximum: Math.min(Number(maximum), MAX_KEYS),
    encode: encodingType ? (text) => escapeUri(text).replaceAll('%2F', '/') : (text) => text,
    encodingType,
  };
}

/** Behind an entry: behind the whole of a common prefix, behind one version, or behind a key with all its versions. */
export function positionAfter(entry: ObjectVersion | string, { prefix, delimiter }: ListingQuery): ScanPosition {
  if (typeof entry !== 'string') return { key: Buffer.from(entry.key), belowSequence: entry.sequence };
  const isCommonPrefix = commonPrefix(entry, prefix, delimiter) === entry;
  const key = isCommonPrefix ? Buffer.concat([Buffer.from(entry), BEHIND_ALL]) : Buffer.from(entry);
  return { key, belowSequence: 0 };
}

/** Lists what is behind a position and under the prefix, keys with the same common prefix as one entry. */
export function list(
  objects: ObjectTable,
  bucket: string,
  which: 'current' | 'versions',
  query: ListingQuery,
  after: ScanPosition | undefined,
): Listing {
  const { prefix, delimiter, maximum } = query;
  const versions: ObjectVersion[] = [];
  const prefixes: string[] = [];
  let last: ObjectVersion | string | undefined;
  for (const version of walk(objects, bucket, which, query, startOf(prefix, after))) {
    const common = commonPrefix(version.key, prefix, delimiter);
    if (common !== undefined && common === last) continue;
    if (versions.length + prefixes.length >= maximum) return { versions, prefixes, last };
    if (common === undefined) versions.push(version);
    else prefixes.push(common);
    last = common ?? version;
  }
  return { versions, prefixes, last: undefined };
}

function startOf(prefix: string, after: ScanPosition | undefined): ScanPosition {
  const start = { key: Buffer.from(prefix), belowSequence: ALL_VERSIONS };
  return after && Buffer.compare(after.key, start.key) >= 0 ? after : start;
}

/** Versions under the prefix, in order; of a common prefix at least one, but not all when they fill a batch. */
function* walk(
  objects: ObjectTable,
  bucket: string,
  which: 'current' | 'versions',
  query: ListingQuery,
  start: ScanPosition,
): Generator<ObjectVersion> {
  let position = start;
  for (;;) {
    const batch = objects.scan(bucket, position, which, BATCH);
    for (const version of batch) {
      if (!version.key.startsWith(query.prefix)) return;
      yield version;
    }
    const last = batch.at(-1);
    if (!last || batch.length < BATCH) return;
    position = positionAfter(commonPrefix(last.key, query.prefix, query.delimiter) ?? last, query);
  }
}

function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === '' || !key.startsWith(prefix)) return undefined;
  const index = key.indexOf(delimiter, prefix.length);
  return index < 0 ? undefined : key.slice(0, index + delimiter.length);
}
