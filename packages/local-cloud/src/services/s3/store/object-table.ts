import { randomBytes } from 'node:crypto';
import { s3Error } from '../errors.ts';
import type { Database } from './database.ts';
import {
  fromObjectRow,
  NULL_VERSION,
  type ObjectContent,
  type ObjectRow,
  type ObjectVersion,
  type Tag,
} from './object-version.ts';

/** Where a listing goes on: at versions of keys from `key` on, of `key` itself only those below a sequence. */
export interface ScanPosition {
  /** Bytes, because they may end in one that no key has, to step over all keys with a prefix. */
  readonly key: Uint8Array;
  readonly belowSequence: number;
}

/** Rows of objects. Methods that change something are called inside a transaction. */
export class ObjectTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The latest version, which may be a delete marker. */
  latest(bucket: string, key: string): ObjectVersion | undefined {
    return this.#get('SELECT * FROM objects WHERE bucket = ? AND key = ? AND latest = 1', bucket, key);
  }

  version(bucket: string, key: string, versionId: string): ObjectVersion | undefined {
    return this.#get('SELECT * FROM objects WHERE bucket = ? AND key = ? AND version_id = ?', bucket, key, versionId);
  }

  /** The object to read. @throws S3Error NoSuchKey, NoSuchVersion, or MethodNotAllowed for a delete marker's id */
  require(bucket: string, key: string, versionId?: string): ObjectVersion {
    const found = versionId === undefined ? this.latest(bucket, key) : this.version(bucket, key, versionId);
    if (!found) throw s3Error(versionId === undefined ? 'NoSuchKey' : 'NoSuchVersion');
    if (!found.deleteMarker) return found;
    const headers = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': found.versionId };
    throw s3Error(versionId === undefined ? 'NoSuchKey' : 'MethodNotAllowed', undefined, headers);
  }

  /** Adds the latest version; the one before must have been retired or removed. */
  insert(bucket: string, key: string, versionId: string, content: ObjectContent | 'marker', now: Date): ObjectVersion {
    const { blob, size, etag, checksum, headers, tags } =
      content === 'marker' ? { blob: '', size: 0, etag: '', checksum: undefined, headers: {}, tags: [] } : content;
    const version: ObjectVersion = {
      ...{ bucket, key, versionId, size, etag, headers, checksum, tags, blob },
      sequence: this.#database.nextSequence(),
      latest: true,
      deleteMarker: content === 'marker',
      modified: Math.floor(now.getTime() / 1000) * 1000,
    };
    this.#database
      .prepare('INSERT INTO objects VALUES(?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)')
      .run(
        ...[bucket, key, version.sequence, versionId, version.deleteMarker ? 1 : 0, size, etag, version.modified],
        ...[blob || null, JSON.stringify(headers), checksum ? JSON.stringify(checksum) : null, JSON.stringify(tags)],
      );
    return version;
  }

  /** Makes the latest version an old one. */
  retireLatest(bucket: string, key: string): void {
    const update = this.#database.prepare('UPDATE objects SET latest = 0 WHERE bucket = ? AND key = ? AND latest = 1');
    update.run(bucket, key);
  }

  /** Removes one version; the newest that is left becomes the latest. */
  delete(version: ObjectVersion): void {
    const { bucket, key, sequence, latest } = version;
    this.#database.prepare('DELETE FROM objects WHERE bucket = ? AND key = ? AND seq = ?').run(bucket, key, sequence);
    if (!latest) return;
    this.#database
      .prepare(
        `UPDATE objects SET latest = 1 WHERE bucket = ?1 AND key = ?2
         AND seq = (SELECT max(seq) FROM objects WHERE bucket = ?1 AND key = ?2)`,
      )
      .run(bucket, key);
  }

  /** One version by its place in the order of changes. */
  at(bucket: string, key: string, sequence: number): ObjectVersion | undefined {
    const row = this.#database
      .prepare('SELECT * FROM objects WHERE bucket = ? AND key = ? AND seq = ?')
      .get(bucket, key, sequence);
    return row && fromObjectRow(row as unknown as ObjectRow);
  }

  setHeaders({ bucket, key, sequence }: ObjectVersion, headers: Readonly<Record<string, string>>): void {
    const update = this.#database.prepare('UPDATE objects SET headers = ? WHERE bucket = ? AND key = ? AND seq = ?');
    update.run(JSON.stringify(headers), bucket, key, sequence);
  }

  setTags(version: ObjectVersion, tags: readonly Tag[]): void {
    const update = this.#database.prepare('UPDATE objects SET tags = ? WHERE bucket = ? AND key = ? AND seq = ?');
    update.run(JSON.stringify(tags), version.bucket, version.key, version.sequence);
  }

  /** Versions in the order of S3: keys by their UTF-8 bytes, of one key the newest first. */
  scan(bucket: string, from: ScanPosition, which: 'current' | 'versions', limit: number): ObjectVersion[] {
    const filter = which === 'current' ? 'AND latest = 1 AND marker = 0' : '';
    const rows = this.#database
      .prepare(
        `SELECT * FROM objects WHERE bucket = ?1 AND key >= CAST(?2 AS TEXT)
         AND (key > CAST(?2 AS TEXT) OR seq < ?3) ${filter} ORDER BY key, seq DESC LIMIT ?4`,
      )
      .all(bucket, from.key, from.belowSequence, limit);
    return rows.map((row) => fromObjectRow(row as unknown as ObjectRow));
  }

  /** Versions of keys with a prefix that were replaced by a newer one at or before a time. */
  replacedBefore(bucket: string, prefix: string, time: number): ObjectVersion[] {
    const rows = this.#database
      .prepare(
        `SELECT o.* FROM objects o WHERE o.bucket = ? AND o.key >= ? AND o.latest = 0 AND (
           SELECT n.modified FROM objects n WHERE n.bucket = o.bucket AND n.key = o.key AND n.seq > o.seq
           ORDER BY n.seq LIMIT 1) <= ?`,
      )
      .all(bucket, prefix, time);
    return (rows as unknown as ObjectRow[]).map(fromObjectRow).filter((version) => version.key.startsWith(prefix));
  }

  /** Bytes of all versions of a bucket's objects. */
  bytes(bucket: string): number {
    const row = this.#database.prepare('SELECT sum(size) AS bytes FROM objects WHERE bucket = ?').get(bucket);
    return Number(row?.bytes ?? 0);
  }

  /** The blobs that objects and parts name. */
  referencedBlobs(): Set<string> {
    const rows = this.#database
      .prepare('SELECT blob FROM objects WHERE blob IS NOT NULL UNION ALL SELECT blob FROM parts')
      .all();
    return new Set(rows.map((row) => String(row.blob)));
  }

  #get(sql: string, ...values: string[]): ObjectVersion | undefined {
    const row = this.#database.prepare(sql).get(...values);
    return row && fromObjectRow(row as unknown as ObjectRow);
  }
}

/** A new version id. */
export function newVersionId(versioned: boolean): string {
  return versioned ? randomBytes(24).toString('base64url') : NULL_VERSION;
}
