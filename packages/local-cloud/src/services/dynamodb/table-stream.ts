import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { type DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';

/** One change of an item, with images as DynamoDB's JSON has them. */
export interface StreamRecord {
  /** Grows with every record of the server, and is never given twice. */
  readonly id: number;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  /** Seconds since 1970. */
  readonly createdAt: number;
  readonly keys: Readonly<Record<string, object>>;
  readonly newImage?: Readonly<Record<string, object>>;
  readonly oldImage?: Readonly<Record<string, object>>;
}

/** The stream of one table. What was taken and forgotten never comes again; what was only taken comes again after a restart. */
export interface TableStream {
  /** The oldest records after the one with this id, in the order of their changes. */
  read(afterId: number, limit: number): StreamRecord[];
  /** Removes the records up to this one. */
  forget(upToId: number): Promise<void>;
}

/** Milliseconds for which this process may stand still for the server's lock. */
const LOCK_MILLISECONDS = 20;

/** Milliseconds after which a lock that was held is asked for again. */
const LOCK_PAUSE = 30;

interface Row {
  readonly id: number;
  readonly event_name: StreamRecord['eventName'];
  readonly created_at: number;
  readonly keys_json: string;
  readonly new_image: string | null;
  readonly old_image: string | null;
}

/**
 * The server's own table of stream records, read beside it. The server never removes one: a stream
 * stays small only if what was read goes.
 */
export class StreamRecords {
  readonly #database: DatabaseSync;

  /** @param file of the server, which has made it */
  constructor(file: string) {
    this.#database = new DatabaseSync(file, { timeout: LOCK_MILLISECONDS });
    // A record that comes back after a power cut is a record that came twice.
    this.#database.exec('PRAGMA synchronous = NORMAL');
  }

  of(tableName: string): TableStream {
    const select = this.#database.prepare(
      'SELECT * FROM _stream_records WHERE table_name = ? AND id > ? ORDER BY id LIMIT ?',
    );
    const remove = this.#database.prepare('DELETE FROM _stream_records WHERE table_name = ? AND id <= ?');
    return {
      read: (afterId, limit) => (select.all(tableName, afterId, limit) as unknown as Row[]).map(toRecord),
      forget: (upToId) => whenUnlocked(() => remove.run(tableName, upToId)),
    };
  }

  /** Spares the server a look at all records of a table with each of its writes: it asks for the greatest of these numbers. */
  makeIndex(): Promise<void> {
    return whenUnlocked(() =>
      this.#database.exec(
        'CREATE INDEX IF NOT EXISTS stream_numbers ON _stream_records(table_name, CAST(sequence_number AS INTEGER))',
      ),
    );
  }

  close(): void {
    this.#database.close();
  }
}

const toRecord = ({ id, event_name, created_at, keys_json, new_image, old_image }: Row): StreamRecord => ({
  id,
  eventName: event_name,
  createdAt: created_at,
  keys: JSON.parse(keys_json),
  ...(new_image !== null && { newImage: JSON.parse(new_image) }),
  ...(old_image !== null && { oldImage: JSON.parse(old_image) }),
});

/** The server writes: this process does not stand still until it has. */
async function whenUnlocked(step: () => unknown): Promise<void> {
  for (;;) {
    try {
      step();
      return;
    } catch (error) {
      if (!/locked|busy/.test((error as Error).message)) throw error;
      await wait(LOCK_PAUSE);
    }
  }
}

/** Has the server keep records of a table's changes, from now on. */
export async function enableStream(client: DynamoDBClient, tableName: string): Promise<void> {
  const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } as const;
  try {
    await client.send(new UpdateTableCommand({ TableName: tableName, StreamSpecification }));
  } catch (error) {
    // Enabled by an earlier run: DynamoDB refuses to say it twice.
    if (!['ValidationException', 'ResourceInUseException'].includes((error as Error).name)) throw error;
  }
}
