import { HEALTH_PREFIX } from '../../contract/object-keys.ts';
import type { WatchRegionDeps } from '../../core/protection/failover/watch-region.ts';
import type { S3Objects } from '../signed-http/s3-objects.lean.ts';
import { AwsCallError } from '../signed-http/signed-fetch.lean.ts';

const MAXIMUM_BYTES = 10_000;

/** Keeps in this region's bucket when another one did not answer. Nothing is written while it does. */
export function healthNotes(objects: Pick<S3Objects, 'read' | 'put'>, region: string): WatchRegionDeps['failures'] {
  const key = `${HEALTH_PREFIX}${region}`;
  return {
    read: async () => {
      try {
        return JSON.parse(Buffer.from(await objects.read(key, MAXIMUM_BYTES)).toString('utf8')) as number[];
      } catch (error) {
        // S3 denies what is not there to who may not list.
        if (error instanceof AwsCallError && (error.status === 403 || error.status === 404)) return [];
        throw error;
      }
    },
    write: (times) => objects.put(key, Buffer.from(JSON.stringify(times)), { 'content-type': 'application/json' }),
  };
}
