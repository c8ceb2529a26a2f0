import type { BucketConfiguration, CorsRule, ExpirationRule, ReplicationRule } from '../configuration.ts';
import { s3Error } from '../errors.ts';
import type { Retention } from '../object-lock.ts';
import type { Database } from './database.ts';

export interface Lifecycle {
  readonly expirations: readonly ExpirationRule[];
  readonly noncurrentExpirations: readonly ExpirationRule[];
  readonly uploadExpirations: readonly ExpirationRule[];
}

export interface Bucket {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly versioning: 'Enabled' | 'Suspended' | undefined;
  readonly eventBridge: boolean;
  readonly retention?: Retention | undefined;
  readonly replications: readonly ReplicationRule[];
  readonly cors: readonly CorsRule[];
  readonly lifecycle: Lifecycle;
  readonly readers: readonly string[];
}

const NAME = /^(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9](?:[a-z0-9-]|\.(?!\.)){1,61}[a-z0-9]$/;
const NO_LIFECYCLE: Lifecycle = { expirations: [], noncurrentExpirations: [], uploadExpirations: [] };

/** The buckets. They are few and read on every request, so they are held in memory too. */
export class BucketTable {
  readonly #database: Database;
  readonly #buckets = new Map<string, Bucket>();

  constructor(database: Database) {
    this.#database = database;
    for (const row of database.prepare('SELECT * FROM buckets').all()) {
      const bucket = fromRow(row as unknown as BucketRow);
      this.#buckets.set(bucket.name, bucket);
    }
  }

  /** By name. */
  all(): Bucket[] {
    return [...this.#buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(name: string): Bucket | undefined {
    return this.#buckets.get(name);
  }

  /** @throws S3Error NoSuchBucket */
  require(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (!bucket) throw s3Error('NoSuchBucket');
    return bucket;
  }

  /** @throws S3Error InvalidBucketName, BucketAlreadyOwnedByYou */
  create(name: string, now: Date): Bucket {
    if (!NAME.test(name)) throw s3Error('InvalidBucketName');
    if (this.#buckets.has(name)) throw s3Error('BucketAlreadyOwnedByYou');
    const bucket: Bucket = {
      name,
      created: now.getTime(),
      versioning: undefined,
      eventBridge: false,
      cors: [],
      replications: [],
      lifecycle: NO_LIFECYCLE,
      readers: [],
    };
    this.#save(bucket);
    return bucket;
  }

  /** Makes the bucket what the configuration says. Versioning once on can only be suspended, as on S3. */
  ensure(configuration: BucketConfiguration, now: Date): void {
    const { name, versioned, eventBridge, retention, cors = [], replications = [], readers = [] } = configuration;
    const { expirations = [], noncurrentExpirations = [], uploadExpirations = [] } = configuration;
    const { versioning } = this.find(name) ?? this.create(name, now);
    this.change(name, {
      versioning: versioned ? 'Enabled' : versioning && 'Suspended',
      eventBridge,
      retention,
      replications,
      cors,
      readers,
      lifecycle: { expirations, noncurrentExpirations, uploadExpirations },
    });
  }

  change(name: string, changes: Partial<Bucket>): void {
    this.#save({ ...this.require(name), ...changes });
  }

  /** @throws S3Error BucketNotEmpty */
  remove(name: string): void {
    this.require(name);
    const inUse = this.#database.prepare('SELECT 1 FROM objects WHERE bucket = ? LIMIT 1').get(name);
    if (inUse) throw s3Error('BucketNotEmpty');
    this.#database.transaction(() => {
      // The blobs of the parts go at the next start.
      this.#database.prepare('DELETE FROM parts WHERE upload IN (SELECT id FROM uploads WHERE bucket = ?)').run(name);
      this.#database.prepare('DELETE FROM uploads WHERE bucket = ?').run(name);
      this.#database.prepare('DELETE FROM buckets WHERE name = ?').run(name);
    });
    this.#buckets.delete(name);
  }

  #save(bucket: Bucket): void {
    this.#database
      .prepare('INSERT OR REPLACE INTO buckets VALUES(?, ?, ?, ?, ?, ?, ?, ?)')
      .run(
        bucket.name,
        bucket.created,
        bucket.versioning ?? null,
        bucket.eventBridge ? 1 : 0,
        JSON.stringify(bucket.cors),
        JSON.stringify(bucket.lifecycle),
        JSON.stringify(bucket.readers),
        JSON.stringify({ retention: bucket.retention, replications: bucket.replications }),
      );
    this.#buckets.set(bucket.name, bucket);
  }
}

type BucketRow = Readonly<Record<'name' | 'cors' | 'lifecycle' | 'readers' | 'documents', string>> & {
  readonly created: number;
  readonly versioning: 'Enabled' | 'Suspended' | null;
  readonly event_bridge: number;
};

function fromRow(row: BucketRow): Bucket {
  return {
    name: row.name,
    created: row.created,
    versioning: row.versioning ?? undefined,
    eventBridge: row.event_bridge === 1,
    cors: JSON.parse(row.cors),
    lifecycle: JSON.parse(row.lifecycle),
    readers: JSON.parse(row.readers),
    retention: JSON.parse(row.documents).retention,
    replications: JSON.parse(row.documents).replications ?? [],
  };
}
