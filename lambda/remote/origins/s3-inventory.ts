import { once } from 'node:events';
import { createGunzip } from 'node:zlib';
import type { S3Entry } from './s3-listing.ts';
import { isArchivedIn, unescaped } from './s3-listing.ts';

/** What an inventory consists of (S3 User Guide, "Inventory manifest"). */
export interface InventoryManifest {
  readonly sourceBucket: string;
  /** Name of the bucket that its files are in. */
  readonly bucket: string;
  readonly columns: readonly string[];
  /** Whole keys. */
  readonly files: readonly string[];
}

/** What a row must have to be imported. */
const NEEDED = ['Key', 'Size', 'LastModifiedDate', 'ETag'] as const;

/** Characters of a row: a key has at most 3072 when it is escaped. */
const ROW_CHARACTERS = 10_000;

/** @returns why it is none that can be read, in words for its owner */
export function readManifest(bytes: Uint8Array): InventoryManifest | string {
  const manifest = jsonOf(bytes);
  const { sourceBucket, destinationBucket, fileFormat, fileSchema, files } = manifest;
  if (typeof sourceBucket !== 'string' || typeof destinationBucket !== 'string' || !Array.isArray(files)) {
    return 'The file is no manifest of an S3 Inventory: it needs sourceBucket, destinationBucket and files.';
  }
  if (fileFormat !== 'CSV' || typeof fileSchema !== 'string') {
    return `The inventory's format must be CSV; it is ${typeof fileFormat === 'string' ? fileFormat.slice(0, 20) : 'unknown'}.`;
  }
  const columns = fileSchema.split(',').map((name) => name.trim());
  const missing = NEEDED.filter((name) => !columns.includes(name));
  if (missing.length > 0) return `The inventory lacks the fields ${missing.join(', ')}; configure it with them.`;
  const keys = files.map((file: unknown) => (file as { key?: unknown } | null)?.key);
  if (!keys.every((key) => typeof key === 'string')) return 'The manifest names files without keys.';
  return { sourceBucket, bucket: destinationBucket.replace(/^arn:[^:]*:s3:::/, ''), columns, files: keys };
}

function jsonOf(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Objects that are there no more, or in older versions, are left out. */
export async function* inventoryEntries(
  compressed: Uint8Array,
  columns: readonly string[],
): AsyncGenerator<S3Entry | 'left-out'> {
  for await (const row of rowsOf(compressed)) {
    const cells = cellsOf(row);
    const cell = (name: string) => cells[columns.indexOf(name)] ?? '';
    const isOld = cell('IsLatest') === 'false' || cell('IsDeleteMarker') === 'true';
    const modified = Date.parse(cell('LastModifiedDate'));
    const size = Number(cell('Size') || Number.NaN);
    if (isOld || Number.isNaN(modified) || !Number.isSafeInteger(size) || cell('ETag') === '') yield 'left-out';
    else {
      const modifiedAt = new Date(modified).toISOString();
      const isArchived = isArchivedIn(cell('StorageClass'));
      yield { key: unescaped(cell('Key')), size, etag: cell('ETag').replaceAll('"', ''), modifiedAt, isArchived };
    }
  }
}

/** @throws RangeError for a row that is too long, and what the decompression throws */
async function* rowsOf(compressed: Uint8Array): AsyncGenerator<string> {
  const gunzip = createGunzip();
  gunzip.end(compressed);
  let rest = '';
  const decoder = new TextDecoder();
  for await (const piece of gunzip as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > ROW_CHARACTERS) throw new RangeError('A row is too long.');
    for (const line of lines) if (line !== '') yield line.trimEnd();
  }
  if (rest !== '') yield rest;
  if (!gunzip.closed) await once(gunzip, 'close');
}

/** Cells may be quoted; keys are escaped, so that they hold neither quotes nor commas. */
function cellsOf(row: string): readonly string[] {
  return [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  );
}
