import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ensureTable } from './ensure-table.ts';
import { type ExpiringTable, expireItems } from './expire-items.ts';
import { findDynoxide } from './find-dynoxide.ts';
import { startServerProcess } from './server-process.ts';
import { expiryAttribute, type TableProperties } from './table-properties.ts';
import { enableStream, StreamRecords, type TableStream } from './table-stream.ts';

export interface DynamoDbOptions {
  /** SQLite file with the tables; undefined keeps them in memory. What was acknowledged survives a crash. */
  readonly file: string | undefined;
  /** Environment variable that may hold the path of the server's program. @default none */
  readonly programVariable?: string;
  readonly log: (line: string) => void;
  /** Takes the sentence with which the program has to end, when the server cannot be kept running. @default logged */
  readonly onLost?: (sentence: string) => void;
  /** Milliseconds between two looks for expired items. @default a minute; AWS promises a few days */
  readonly expiryInterval?: number;
  /** @default the clock */
  readonly now?: () => Date;
}

export interface DynamoDb {
  /** `http://127.0.0.1:PORT`, for AWS_ENDPOINT_URL_DYNAMODB. */
  readonly endpoint: string;
  /** @param properties resolved properties of AWS::DynamoDB::GlobalTable or AWS::DynamoDB::Table */
  ensureTable(tableName: string, properties: TableProperties): Promise<void>;
  /**
   * Begins, or goes on with, the stream of a table. Whoever asks for it forgets what it has read.
   * @throws for a server in memory, which nobody can read beside
   */
  openStream(tableName: string): Promise<TableStream>;
  close(): Promise<void>;
}

const EXPIRY_MILLISECONDS = 60_000;

/**
 * Starts dynoxide, a DynamoDB-compatible server on SQLite, and keeps the promise of expiring items for it.
 * @throws when the server is not installed or does not start, with a sentence that says what to do
 */
export async function startDynamoDb(options: DynamoDbOptions): Promise<DynamoDb> {
  if (options.file !== undefined) await mkdir(dirname(options.file), { recursive: true });
  const { file, log, onLost = log } = options;
  const server = await startServerProcess({ program: findDynoxide(options.programVariable), file, log, onLost });
  const client = new DynamoDBClient({
    endpoint: server.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const expiring = new Map<string, ExpiringTable>();
  const sweeper = sweep(client, expiring, options);
  let records: StreamRecords | undefined;
  return {
    endpoint: server.endpoint,
    ensureTable: async (tableName, properties) => {
      await ensureTable(client, tableName, properties);
      const attribute = expiryAttribute(properties);
      const key = properties.KeySchema.map((element) => element.AttributeName ?? '');
      if (attribute === undefined) expiring.delete(tableName);
      else expiring.set(tableName, { tableName, attribute, key });
    },
    openStream: async (tableName) => {
      if (file === undefined) throw new Error('A server in memory has no streams.');
      await enableStream(client, tableName);
      records ??= new StreamRecords(file);
      await records.makeIndex();
      return records.of(tableName);
    },
    close: async () => {
      await sweeper.stop();
      records?.close();
      client.destroy();
      await server.stop();
    },
  };
}

/** Looks for expired items again and again, one look at a time. */
function sweep(client: DynamoDBClient, tables: ReadonlyMap<string, ExpiringTable>, options: DynamoDbOptions) {
  const end = new AbortController();
  const pauseLooking = (milliseconds: number) => pause(milliseconds, undefined, { signal: end.signal, ref: false });
  let running: Promise<void> = Promise.resolve();
  let isBusy = false;
  const look = async (): Promise<void> => {
    isBusy = true;
    try {
      for (const table of tables.values())
        await expireItems(client, table, options.now?.() ?? new Date(), pauseLooking);
    } catch (error) {
      if (!end.signal.aborted) options.log(`Expired items could not be removed: ${(error as Error).message}`);
    }
    isBusy = false;
  };
  const timer = setInterval(() => {
    if (!isBusy) running = look();
  }, options.expiryInterval ?? EXPIRY_MILLISECONDS);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      end.abort();
      await running;
    },
  };
}
