import type { S3ObjectEvent } from '../events.ts';
import type { Database } from './database.ts';

export interface OutboxEntry {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly event: S3ObjectEvent;
}

/** Events that are not yet delivered. They are added in the transaction that changes the object. */
export class Outbox {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Call it inside the transaction of the change. */
  add(event: S3ObjectEvent, now: Date): void {
    const insert = this.#database.prepare('INSERT INTO outbox(created, event) VALUES(?, ?)');
    insert.run(now.getTime(), JSON.stringify(event));
  }

  /** The oldest entry after the one with this id. */
  next(afterId: number): OutboxEntry | undefined {
    const select = this.#database.prepare('SELECT * FROM outbox WHERE id > ? ORDER BY id LIMIT 1');
    const row = select.get(afterId) as { id: number; created: number; event: string } | undefined;
    return row && { id: row.id, created: row.created, event: JSON.parse(row.event) };
  }

  /** In one transaction. */
  remove(ids: readonly number[]): void {
    const remove = this.#database.prepare('DELETE FROM outbox WHERE id = ?');
    this.#database.transaction(() => {
      for (const id of ids) remove.run(id);
    });
  }
}
