import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { requireKeptFiles } from '../../kept-files.ts';
import { BlobFolder } from './store/blob-folder.ts';
import { BucketTable } from './store/bucket-table.ts';
import { Database } from './store/database.ts';
import { ObjectStore } from './store/object-store.ts';
import { ObjectTable } from './store/object-table.ts';
import { Outbox } from './store/outbox.ts';
import { ReplicationQueue } from './store/replication-queue.ts';
import { UploadTable } from './store/upload-table.ts';

/** What every operation works with. */
export interface S3Services {
  readonly database: Database;
  readonly blobs: BlobFolder;
  readonly buckets: BucketTable;
  readonly objects: ObjectTable;
  readonly store: ObjectStore;
  readonly uploads: UploadTable;
  /** Ids of uploads that are being put together at this moment; nobody else may touch their parts. */
  readonly completing: Set<string>;
  readonly outbox: Outbox;
  readonly replications: ReplicationQueue;
  readonly region: string;
  readonly now: () => Date;
}

export interface ServicesOptions {
  readonly folder: string;
  readonly region: string;
  readonly now: () => Date;
  /** Someone listens to events; otherwise none are kept. */
  readonly withEvents: boolean;
  /** Names of blobs. Default: random. */
  readonly newId?: () => string;
}

/** Name of the database in the folder. */
const DATABASE = 'metadata.db';

/**
 * Opens the folder, creating what is missing and clearing what a killed process left.
 * @throws StartFault when the database is missing beside blobs
 */
export function openServices({ folder, region, now, withEvents, newId = randomUUID }: ServicesOptions): S3Services {
  mkdirSync(folder, { recursive: true });
  const blobs = new BlobFolder(folder, newId);
  requireKeptFiles(folder, blobs.path, [DATABASE]);
  const database = new Database(join(folder, DATABASE));
  const buckets = new BucketTable(database);
  const objects = new ObjectTable(database);
  const outbox = new Outbox(database);
  const replications = new ReplicationQueue(database);
  const parts = {
    database,
    blobs,
    buckets,
    objects,
    outbox: withEvents ? outbox : undefined,
    replications,
    region,
    now,
  };
  const referenced = objects.referencedBlobs();
  blobs.clear((blob) => referenced.has(blob), now());
  return {
    ...{ database, blobs, buckets, objects, outbox, replications, region, now },
    store: new ObjectStore(parts),
    uploads: new UploadTable(database),
    completing: new Set(),
  };
}
