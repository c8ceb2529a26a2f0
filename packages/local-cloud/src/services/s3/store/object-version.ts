import type { Checksum } from '../body/checksums.ts';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** Version id of objects put while versioning was not on. */
export const NULL_VERSION = 'null';

/** One version of an object, or a delete marker. */
export interface ObjectVersion {
  readonly bucket: string;
  readonly key: string;
  /** Grows with every change of any object. */
  readonly sequence: number;
  readonly versionId: string;
  readonly latest: boolean;
  readonly deleteMarker: boolean;
  readonly size: number;
  /** Without quotation marks. */
  readonly etag: string;
  /** Milliseconds since 1970, whole seconds. */
  readonly modified: number;
  /** Empty for a delete marker. */
  readonly blob: string;
  /** HTTP headers and user metadata to answer with. */
  readonly headers: Readonly<Record<string, string>>;
  readonly checksum: Checksum | undefined;
  readonly tags: readonly Tag[];
}

/** What a new version is made of. */
export interface ObjectContent {
  readonly blob: string;
  readonly size: number;
  readonly etag: string;
  readonly checksum: Checksum;
  readonly headers: Readonly<Record<string, string>>;
  readonly tags: readonly Tag[];
}

export interface ObjectRow {
  readonly bucket: string;
  readonly key: string;
  readonly seq: number;
  readonly version_id: string;
  readonly latest: number;
  readonly marker: number;
  readonly size: number;
  readonly etag: string;
  readonly modified: number;
  readonly blob: string | null;
  readonly headers: string;
  readonly checksum: string | null;
  readonly tags: string;
}

export function fromObjectRow(row: ObjectRow): ObjectVersion {
  return {
    bucket: row.bucket,
    key: row.key,
    sequence: row.seq,
    versionId: row.version_id,
    latest: row.latest === 1,
    deleteMarker: row.marker === 1,
    size: row.size,
    etag: row.etag,
    modified: row.modified,
    blob: row.blob ?? '',
    headers: JSON.parse(row.headers),
    checksum: row.checksum === null ? undefined : JSON.parse(row.checksum),
    tags: JSON.parse(row.tags),
  };
}
