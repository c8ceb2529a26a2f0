import type { Database } from './database.ts';
import type { ObjectVersion } from './object-version.ts';

/** A version that is to be replicated. */
export interface ReplicationEntry {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly bucket: string;
  readonly key: string;
  readonly sequence: number;
  readonly destination: string;
}

/** Versions that are not yet replicated, oldest first. They are added in the transaction that makes them. */
export class ReplicationQueue {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
    database
      .prepare(
        `CREATE TABLE IF NOT EXISTS replications(
           id INTEGER PRIMARY KEY AUTOINCREMENT, created INTEGER NOT NULL, bucket TEXT NOT NULL, key TEXT NOT NULL,
           seq INTEGER NOT NULL, destination TEXT NOT NULL
         ) STRICT`,
      )
      .run();
  }

  /** Call it inside the transaction of the change. */
  add({ bucket, key, sequence }: ObjectVersion, destination: string, now: Date): void {
    this.#database
      .prepare('INSERT INTO replications(created, bucket, key, seq, destination) VALUES(?, ?, ?, ?, ?)')
      .run(now.getTime(), bucket, key, sequence, destination);
  }

  first(): ReplicationEntry | undefined {
    const row = this.#database
      .prepare('SELECT id, created, bucket, key, seq AS sequence, destination FROM replications ORDER BY id LIMIT 1')
      .get();
    return row as ReplicationEntry | undefined;
  }

  remove(id: number): void {
    this.#database.prepare('DELETE FROM replications WHERE id = ?').run(id);
  }
}
