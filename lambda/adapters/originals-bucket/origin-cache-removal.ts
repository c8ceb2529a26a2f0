import type { S3Client } from '@aws-sdk/client-s3';
import { DeleteObjectsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { FETCHED_PREFIX } from '../../contract/object-keys.ts';
import type { OriginCacheRemoval } from '../../core/purge/variant-removal.ts';

/** Objects that one call deletes (AWS, "DeleteObjects"). */
const BATCH = 1000;

/** Removes files of origins from the cache. The bucket's listing says which origins have any. */
export function originCacheRemoval(client: S3Client, bucket: string): OriginCacheRemoval {
  return {
    remove: async (paths) => {
      const listing = new ListObjectsV2Command({ Bucket: bucket, Prefix: FETCHED_PREFIX, Delimiter: '/' });
      const { CommonPrefixes = [] } = await client.send(listing);
      const keys = CommonPrefixes.flatMap(({ Prefix = '' }) => paths.map((path) => `${Prefix}${path.slice(1)}`));
      for (let start = 0; start < keys.length; start += BATCH) {
        const Objects = keys.slice(start, start + BATCH).map((Key) => ({ Key }));
        const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } });
        const { Errors = [] } = await client.send(command);
        if (Errors[0]) throw new Error(`${Errors.length} fetched files could not be deleted: ${Errors[0].Code}`);
      }
    },
  };
}
