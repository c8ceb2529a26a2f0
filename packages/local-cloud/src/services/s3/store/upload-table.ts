import type { Checksum, ChecksumAlgorithm, ChecksumType } from '../body/checksums.ts';
import { s3Error } from '../errors.ts';
import type { Database } from './database.ts';
import type { Tag } from './object-version.ts';

/** A multipart upload in progress. */
export interface Upload {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly started: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly tags: readonly Tag[];
  /** As asked for when it was started. */
  readonly algorithm: ChecksumAlgorithm | undefined;
  readonly type: ChecksumType | undefined;
}

export interface Part {
  readonly number: number;
  readonly size: number;
  readonly etag: string;
  readonly checksum: Checksum;
  readonly blob: string;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** Multipart uploads and their parts. */
export class UploadTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  create(upload: Upload): void {
    const { id, bucket, key, started, headers, tags, algorithm, type } = upload;
    this.#database
      .prepare('INSERT INTO uploads VALUES(?, ?, ?, ?, ?, ?, ?, ?)')
      .run(
        ...[id, bucket, key, started, JSON.stringify(headers), JSON.stringify(tags)],
        ...[algorithm ?? null, type ?? null],
      );
  }

  /** @throws S3Error NoSuchUpload */
  require(id: string, bucket: string, key: string): Upload {
    const select = this.#database.prepare('SELECT * FROM uploads WHERE id = ? AND bucket = ? AND key = ?');
    const row = select.get(id, bucket, key);
    if (!row) throw s3Error('NoSuchUpload');
    return fromUploadRow(row as unknown as UploadRow);
  }

  /** By key, then id; after a key and id. */
  list(bucket: string, after: { readonly key: string; readonly id: string }, limit: number): Upload[] {
    const rows = this.#database
      .prepare('SELECT * FROM uploads WHERE bucket = ? AND (key, id) > (?, ?) ORDER BY key, id LIMIT ?')
      .all(bucket, after.key, after.id, limit);
    return rows.map((row) => fromUploadRow(row as unknown as UploadRow));
  }

  startedBefore(bucket: string, time: number): Upload[] {
    const rows = this.#database.prepare('SELECT * FROM uploads WHERE bucket = ? AND started <= ?').all(bucket, time);
    return rows.map((row) => fromUploadRow(row as unknown as UploadRow));
  }

  /** Adds or replaces a part. @returns the blob that it replaced @throws S3Error NoSuchUpload */
  putPart(upload: Upload, part: Part): string | undefined {
    return this.#database.transaction(() => {
      this.require(upload.id, upload.bucket, upload.key);
      const select = this.#database.prepare('SELECT blob FROM parts WHERE upload = ? AND number = ?');
      const replaced = select.get(upload.id, part.number);
      this.#database
        .prepare('INSERT OR REPLACE INTO parts VALUES(?, ?, ?, ?, ?, ?, ?)')
        .run(
          ...[upload.id, part.number, part.size, part.etag],
          ...[JSON.stringify(part.checksum), part.blob, part.modified],
        );
      return replaced === undefined ? undefined : String(replaced.blob);
    });
  }

  /** Parts by number, after a number. */
  parts(upload: Upload, afterNumber = 0, limit = 10_001): Part[] {
    const rows = this.#database
      .prepare('SELECT * FROM parts WHERE upload = ? AND number > ? ORDER BY number LIMIT ?')
      .all(upload.id, afterNumber, limit);
    return (rows as unknown as PartRow[]).map((row) => ({ ...row, checksum: JSON.parse(row.checksum) }));
  }

  /**
   * Ends an upload; call it inside a transaction.
   *
   * @returns the blobs of its parts, to be dropped after the transaction
   * @throws S3Error NoSuchUpload when it has ended already
   */
  end(upload: Upload): string[] {
    this.require(upload.id, upload.bucket, upload.key);
    const blobs = this.parts(upload).map((part) => part.blob);
    this.#database.prepare('DELETE FROM parts WHERE upload = ?').run(upload.id);
    this.#database.prepare('DELETE FROM uploads WHERE id = ?').run(upload.id);
    return blobs;
  }
}

type UploadRow = Omit<Upload, 'headers' | 'tags' | 'algorithm' | 'type'> & {
  readonly headers: string;
  readonly tags: string;
  readonly algorithm: ChecksumAlgorithm | null;
  readonly type: ChecksumType | null;
};

type PartRow = Omit<Part, 'checksum'> & { readonly checksum: string };

function fromUploadRow(row: UploadRow): Upload {
  return {
    ...row,
    headers: JSON.parse(row.headers),
    tags: JSON.parse(row.tags),
    algorithm: row.algorithm ?? undefined,
    type: row.type ?? undefined,
  };
}
