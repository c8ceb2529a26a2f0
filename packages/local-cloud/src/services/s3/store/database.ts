import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** Number of the schema below; a folder with another one is not touched. */
const SCHEMA_VERSION = 1;

const SCHEMA = `
  CREATE TABLE buckets(
    name TEXT PRIMARY KEY, created INTEGER NOT NULL, versioning TEXT, event_bridge INTEGER NOT NULL,
    cors TEXT NOT NULL, lifecycle TEXT NOT NULL, readers TEXT NOT NULL, documents TEXT NOT NULL
  ) STRICT;
  CREATE TABLE objects(
    bucket TEXT NOT NULL, key TEXT NOT NULL, seq INTEGER NOT NULL, version_id TEXT NOT NULL,
    latest INTEGER NOT NULL, marker INTEGER NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL,
    modified INTEGER NOT NULL, blob TEXT, headers TEXT NOT NULL, checksum TEXT, tags TEXT NOT NULL,
    PRIMARY KEY(bucket, key, seq DESC)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX latest_objects ON objects(bucket, key) WHERE latest = 1;
  CREATE TABLE uploads(
    id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, started INTEGER NOT NULL,
    headers TEXT NOT NULL, tags TEXT NOT NULL, algorithm TEXT, type TEXT
  ) STRICT;
  CREATE INDEX uploads_by_key ON uploads(bucket, key, id);
  CREATE TABLE parts(
    upload TEXT NOT NULL, number INTEGER NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL,
    checksum TEXT NOT NULL, blob TEXT NOT NULL, modified INTEGER NOT NULL, PRIMARY KEY(upload, number)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE outbox(id INTEGER PRIMARY KEY AUTOINCREMENT, created INTEGER NOT NULL, event TEXT NOT NULL) STRICT;
  CREATE TABLE sequence(value INTEGER NOT NULL) STRICT;
  INSERT INTO sequence VALUES(0);
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/**
 * The metadata of all buckets, in one SQLite file. A committed transaction survives the death of the process and the loss
 * of power (SQLite, "PRAGMA synchronous").
 */
export class Database {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** @throws with SQLite's words when the file is damaged */
  constructor(file: string) {
    // From the first statement on: after a kill, even opening waits for whoever else reads the file.
    this.#database = new DatabaseSync(file, { timeout: 5000 });
    this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    const { user_version: version } = this.#database.prepare('PRAGMA user_version').get() as { user_version: number };
    if (version === 0) this.transaction(() => this.#database.exec(SCHEMA));
    else if (version === SCHEMA_VERSION) this.#check();
    else throw new Error(`${file} has schema ${version}, not ${SCHEMA_VERSION}`);
  }

  /** A prepared statement, kept for the next call with the same text. */
  prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /** Runs `work` as one transaction: all of it is committed, or nothing when it throws. Transactions do not nest. */
  transaction<T>(work: () => T): T {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      // SQLite itself rolls back on some errors, such as a full disk.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** The next number of an ever growing sequence; call it inside a transaction. */
  nextSequence(): number {
    const row = this.prepare('UPDATE sequence SET value = value + 1 RETURNING value').get();
    return (row as { value: number }).value;
  }

  /** A flipped bit would else show at the first request that meets it. */
  #check(): void {
    const { quick_check: found } = this.#database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    if (found !== 'ok') throw new Error(`database disk image is malformed: ${found}`);
  }

  close(): void {
    this.#database.close();
  }
}
