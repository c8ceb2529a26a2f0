import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BucketConfiguration, S3Principal } from './configuration.ts';
import { EventDelivery } from './event-delivery.ts';
import type { S3ObjectEvent } from './events.ts';
import { runLifecycle } from './lifecycle.ts';
import { type ReplicationFate, startReplication } from './replication.ts';
import { reportFailure } from './report.ts';
import { requestHandler } from './request-handler.ts';
import { openServices, type S3Services } from './services.ts';

export type { BucketConfiguration, CorsRule, ExpirationRule, S3Principal } from './configuration.ts';
export type { S3ObjectEvent } from './events.ts';

export interface S3ServerOptions {
  /** Everything is kept here; it is made when it does not exist. One server at a time. */
  readonly folder: string;
  readonly region: string;
  readonly principals: readonly S3Principal[];
  /** @default the real time */
  readonly now?: () => Date;
  /** @default a free port */
  readonly port?: number;
  /**
   * Called for each object event of buckets with `eventBridge`, from `startEvents` on. When it rejects, the event comes
   * again later; it may also come twice, as on AWS.
   */
  readonly onEvent?: (event: S3ObjectEvent) => Promise<void>;
  /** Milliseconds that the next event is on its way. @default none */
  readonly eventDelay?: () => number;
  /** What becomes of the replication of a key. @default it is replicated at once */
  readonly fateOfReplication?: ((key: string) => ReplicationFate) | undefined;
  /** Names of new blobs. @default random */
  readonly newId?: () => string;
}

export interface S3Server {
  /** http://127.0.0.1:PORT, for path-style requests. */
  readonly endpoint: string;
  /** Creates the bucket, or makes an existing one what the configuration says. */
  ensureBucket(configuration: BucketConfiguration): void;
  /** Bytes of a bucket, old versions among them. */
  bytesOf(bucket: string): number;
  /** Delivers the events left from before, then each new one. */
  startEvents(): void;
  /** Lets requests end for a moment, then ends them; undelivered events stay for the next start. */
  close(): Promise<void>;
}

const AT_ONCE: ReplicationFate = { lag: 0, fails: false };

const HOUR_MS = 3_600_000;
/** How long `close` waits for requests that are being answered. */
const GRACE_MS = 2_000;

/**
 * Starts an S3-compatible server on this machine. An acknowledged write survives the kill of the process: the blob is
 * whole before the row that names it is committed, and the row before the answer is sent.
 */
export async function startS3Server(options: S3ServerOptions): Promise<S3Server> {
  const { folder, region, principals, now = () => new Date(), port = 0, onEvent, newId } = options;
  const services = openServices({ folder, region, now, withEvents: onEvent !== undefined, ...(newId && { newId }) });
  const delay = options.eventDelay ?? (() => 0);
  const delivery =
    onEvent && new EventDelivery({ outbox: services.outbox, onEvent, delay, now, report: reportFailure });
  const replication = startReplication(services, options.fateOfReplication ?? (() => AT_ONCE), reportFailure);
  const known = new Map(principals.map((principal) => [principal.accessKeyId, principal]));
  const { handle, idle } = requestHandler(services, known, () => {
    delivery?.wake();
    replication.wake();
  });
  // Longer header sections than S3 takes are let in, to be answered as S3 does.
  const server = createServer({ maxHeaderSize: 65_536, requestTimeout: 0, keepAliveTimeout: 65_000 }, handle);
  server.on('clientError', (_, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  await listen(server, port).catch((error) => {
    services.database.close();
    throw error;
  });
  const stopLifecycle = keepRunningLifecycle(services, () => delivery?.wake());
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ensureBucket: (configuration) => services.buckets.ensure(configuration, now()),
    bytesOf: (bucket) => services.objects.bytes(bucket),
    startEvents: () => {
      delivery?.start();
      replication.wake();
    },
    close: async () => {
      stopLifecycle();
      await closeServer(server);
      await idle();
      delivery?.close();
      replication.close();
      services.database.close();
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Lifecycle rules now, and every hour as long as anything else keeps the process alive. */
function keepRunningLifecycle(services: S3Services, afterwards: () => void): () => void {
  const run = () => {
    try {
      runLifecycle(services);
    } catch (error) {
      reportFailure('The lifecycle rules could not be run', error);
    }
    afterwards();
  };
  run();
  const timer = setInterval(run, HOUR_MS).unref();
  return () => clearInterval(timer);
}
