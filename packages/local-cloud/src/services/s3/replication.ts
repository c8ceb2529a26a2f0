import { setTimeout as wait } from 'node:timers/promises';
import { withStatus } from './replication-status.ts';
import type { S3Services } from './services.ts';
import type { ReplicationEntry } from './store/replication-queue.ts';

/** What becomes of one replication: when it is carried out, counted from the change, and whether it fails. */
export interface ReplicationFate {
  /** Milliseconds. */
  readonly lag: number;
  readonly fails: boolean;
}

export interface Replication {
  /** To be called after new versions were made. */
  readonly wake: () => void;
  /** What is not replicated stays in the queue for the next start. */
  readonly close: () => void;
}

/** Milliseconds between two looks at the clock, which a test may set forward. */
const LOOK = 200;

/**
 * Replicates versions and delete markers to other buckets, one after the other, as S3 does after a while (S3 user guide, "What does
 * Amazon S3 replicate?"). A copy has the version id, the headers and the tags of its source.
 * @param fateOf is asked once for each replication
 */
export function startReplication(
  services: S3Services,
  fateOf: (key: string) => ReplicationFate,
  report: (message: string, error: unknown) => void,
): Replication {
  const end = new AbortController();
  let running = false;
  const lagged = async (created: number, lag: number): Promise<void> => {
    for (let since = created; ; ) {
      const now = services.now().getTime();
      // The clock may have been put back since: nothing waits longer than its lag.
      since = Math.min(since, now);
      const left = since + lag - now;
      if (left <= 0) return;
      await wait(Math.min(left, LOOK), undefined, { signal: end.signal, ref: false });
    }
  };
  const run = async (): Promise<void> => {
    for (let entry = services.replications.first(); entry; entry = services.replications.first()) {
      const { lag, fails } = fateOf(entry.key);
      await lagged(entry.created, lag);
      await settle(services, entry, fails);
    }
  };
  return {
    wake: () => {
      if (running || end.signal.aborted) return;
      running = true;
      run()
        .catch((error) => end.signal.aborted || report('A version could not be replicated; it is tried later', error))
        .finally(() => {
          running = false;
        });
    },
    close: () => end.abort(),
  };
}

/** S3 gives up what fails, and says so at the source. */
async function settle(services: S3Services, entry: ReplicationEntry, fails: boolean): Promise<void> {
  const { objects, buckets, replications, database, blobs, store } = services;
  const source = objects.at(entry.bucket, entry.key, entry.sequence);
  const isReady = buckets.find(entry.destination)?.versioning === 'Enabled';
  const isDone = source !== undefined && isReady && !fails;
  // A version that was removed meanwhile is not replicated.
  if (isDone) store.putReplica(source, entry.destination, source.blob && (await blobs.duplicate(source.blob)));
  database.transaction(() => {
    if (source) objects.setHeaders(source, withStatus(source, isDone ? 'COMPLETED' : 'FAILED'));
    replications.remove(entry.id);
  });
}
