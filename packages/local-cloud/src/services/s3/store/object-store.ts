import { s3Error } from '../errors.ts';
import type { Actor, CreationReason, DeletionReason, EventChange } from '../events.ts';
import { type EventObject, objectEvent } from '../events.ts';
import { isLocked, withLock } from '../object-lock.ts';
import { withStatus } from '../replication-status.ts';
import type { BlobFolder } from './blob-folder.ts';
import type { Bucket, BucketTable } from './bucket-table.ts';
import type { Database } from './database.ts';
import { newVersionId, type ObjectTable } from './object-table.ts';
import { NULL_VERSION, type ObjectContent, type ObjectVersion } from './object-version.ts';
import type { Outbox } from './outbox.ts';
import type { ReplicationQueue } from './replication-queue.ts';

export interface ObjectStoreParts {
  readonly database: Database;
  readonly blobs: BlobFolder;
  readonly buckets: BucketTable;
  readonly objects: ObjectTable;
  /** Absent when nobody listens to events. */
  readonly outbox: Outbox | undefined;
  readonly replications: ReplicationQueue;
  readonly region: string;
  readonly now: () => Date;
}

/** One object to be put, with what happens in the same transaction. */
export interface Put {
  readonly bucket: string;
  readonly key: string;
  readonly content: ObjectContent;
  readonly reason: CreationReason;
  readonly actor: Actor;
  /** Throws when the latest version is not as the client demands. */
  readonly check?: (latest: ObjectVersion | undefined) => void;
  /** More to be done in the transaction, such as ending a multipart upload. */
  readonly also?: () => void;
}

/** One deletion; without a version id, of the object as a whole. */
export interface Removal {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string | undefined;
  readonly reason: DeletionReason;
  readonly actor: Actor;
  readonly check?: (latest: ObjectVersion | undefined) => void;
  /** Removes what is locked in governance mode, too. @default false */
  readonly bypassesGovernance?: boolean;
}

/** What a deletion did, as its answer tells. */
export interface Removed {
  /** The version that was removed, or the delete marker that was made. */
  readonly versionId?: string;
  /** That version is a delete marker. */
  readonly deleteMarker: boolean;
}

/** Changes of objects: rows, event and version rules in one transaction, and after it the blobs that nobody needs. */
export class ObjectStore {
  readonly #parts: ObjectStoreParts;

  constructor(parts: ObjectStoreParts) {
    this.#parts = parts;
  }

  /** Puts an object whose blob is whole. When it throws, the blob is dropped. */
  put(put: Put): ObjectVersion {
    const { database, blobs } = this.#parts;
    try {
      const { stored, replaced } = database.transaction(() => this.#putRows(put));
      blobs.drop(replaced);
      return stored;
    } catch (error) {
      blobs.drop([put.content.blob]);
      throw error;
    }
  }

  remove(removal: Removal): Removed {
    const { database, blobs } = this.#parts;
    const { removed, dropped } = database.transaction(() => this.#removeRows(removal));
    blobs.drop(dropped);
    return removed;
  }

  /** Puts a copy of a version into a versioned bucket, unless it is there. @param blob of the copy's own; empty for a marker */
  putReplica(source: ObjectVersion, destination: string, blob: string): void {
    const { database, blobs, buckets, objects } = this.#parts;
    const { key, versionId, modified } = source;
    const isNew = database.transaction(() => {
      if (objects.version(destination, key, versionId)) return false;
      this.#makeRoom(buckets.require(destination), key);
      const { size, etag, checksum, tags } = source;
      const copy = checksum && { blob, size, etag, checksum, tags, headers: withStatus(source, 'REPLICA') };
      objects.insert(destination, key, versionId, copy ?? 'marker', new Date(modified));
      return true;
    });
    if (!isNew && blob) blobs.drop([blob]);
  }

  #putRows({ bucket: name, key, content, reason, actor, check, also }: Put) {
    const { buckets, objects, now } = this.#parts;
    const bucket = buckets.require(name);
    check?.(objects.latest(name, key));
    const replaced = this.#makeRoom(bucket, key);
    const rule = ruleOf(bucket, key);
    const headers = withLock(content.headers, bucket.retention, now());
    const kept = { ...content, headers: rule ? withStatus({ headers, deleteMarker: false }, 'PENDING') : headers };
    const stored = objects.insert(name, key, newVersionId(bucket.versioning === 'Enabled'), kept, now());
    if (rule) this.#parts.replications.add(stored, rule.destination, now());
    also?.();
    this.#record(bucket, stored, stored.sequence, { type: 'Object Created', reason }, actor);
    return { stored, replaced };
  }

  #removeRows({ bucket: name, key, versionId, reason, actor, check, bypassesGovernance }: Removal): {
    removed: Removed;
    dropped: string[];
  } {
    const { buckets, objects, now } = this.#parts;
    const bucket = buckets.require(name);
    check?.(objects.latest(name, key));
    if (versionId === undefined && bucket.versioning) return this.#placeMarker(bucket, key, reason, actor);
    const version = versionId === undefined ? objects.latest(name, key) : objects.version(name, key, versionId);
    if (version && isLocked(version, now(), bypassesGovernance))
      throw s3Error('AccessDenied', 'Access Denied because object protected by object lock.');
    if (version) {
      objects.delete(version);
      const change = { type: 'Object Deleted', reason, deletion: 'Permanently Deleted' } as const;
      this.#record(bucket, version, this.#parts.database.nextSequence(), change, actor);
    }
    return {
      removed: { ...(versionId !== undefined && { versionId }), deleteMarker: version?.deleteMarker ?? false },
      dropped: version?.blob ? [version.blob] : [],
    };
  }

  #placeMarker(bucket: Bucket, key: string, reason: DeletionReason, actor: Actor) {
    const { objects, now } = this.#parts;
    const dropped = this.#makeRoom(bucket, key);
    const marker = objects.insert(bucket.name, key, newVersionId(bucket.versioning === 'Enabled'), 'marker', now());
    const rule = ruleOf(bucket, key);
    if (rule?.deleteMarkers) this.#parts.replications.add(marker, rule.destination, now());
    const change = { type: 'Object Deleted', reason, deletion: 'Delete Marker Created' } as const;
    this.#record(bucket, marker, marker.sequence, change, actor);
    return { removed: { versionId: marker.versionId, deleteMarker: true }, dropped };
  }

  /** Without versioning a new version takes the place of the 'null' one. Returns the blobs that end with it. */
  #makeRoom(bucket: Bucket, key: string): string[] {
    const { objects } = this.#parts;
    const old = bucket.versioning === 'Enabled' ? undefined : objects.version(bucket.name, key, NULL_VERSION);
    if (old) objects.delete(old);
    objects.retireLatest(bucket.name, key);
    return old?.blob ? [old.blob] : [];
  }

  #record(bucket: Bucket, version: ObjectVersion, sequence: number, change: EventChange, actor: Actor): void {
    const { outbox, region, now } = this.#parts;
    if (!outbox || !bucket.eventBridge) return;
    const object: EventObject = {
      bucket: bucket.name,
      key: version.key,
      sequence,
      ...(!version.deleteMarker && { etag: version.etag }),
      ...(change.type === 'Object Created' && { size: version.size }),
      ...(version.versionId !== NULL_VERSION && { versionId: version.versionId }),
    };
    outbox.add(objectEvent(object, change, actor, region, now()), now());
  }
}

/** A replica is no new version of its own: it is not replicated further. */
const ruleOf = ({ replications, versioning }: Bucket, key: string) =>
  versioning === 'Enabled' ? replications.find(({ prefix }) => key.startsWith(prefix)) : undefined;
