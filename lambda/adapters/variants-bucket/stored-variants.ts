import type { S3Client } from '@aws-sdk/client-s3';
import { DeleteObjectsCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import type { StoredVariants } from '../../core/purge/variant-removal.ts';
import { endpointOfKey } from '../../core/request/variant-key.ts';

/** Objects that one call deletes (AWS, "DeleteObjects"). */
const BATCH = 1000;

/** First characters of the hash after the engine: as many lists side by side. */
const SHARDS = [...'0123456789abcdef'];

/** The variants in their bucket, found and removed. */
export function storedVariants(client: S3Client, bucket: string): StoredVariants {
  const remove = async (keys: readonly string[]): Promise<void> => {
    for (let start = 0; start < keys.length; start += BATCH) {
      const Objects = keys.slice(start, start + BATCH).map((Key) => ({ Key }));
      const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } });
      const { Errors = [] } = await client.send(command);
      if (Errors[0]) throw new Error(`${Errors.length} variants could not be deleted, first: ${Errors[0].Code}`);
    }
  };
  const removeWithPrefix = async (prefix: string, isMeant: (key: string) => boolean = () => true): Promise<number> => {
    let count = 0;
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
      const keys = Contents.flatMap(({ Key }) => (Key !== undefined && isMeant(Key) ? [Key] : []));
      await remove(keys);
      count += keys.length;
    }
    return count;
  };
  return {
    remove,
    removeWithPrefix,
    removeOfEndpoint: async (engineVersion, endpoint) => {
      const isOfEndpoint = (key: string) => endpointOfKey(key) === endpoint;
      await Promise.all(SHARDS.map((shard) => removeWithPrefix(`${engineVersion}/${shard}`, isOfEndpoint)));
    },
  };
}
