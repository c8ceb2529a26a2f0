import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { KeepIncoming } from '../../api/streamed-form.ts';
import { LIMITS } from '../../contract/limits.ts';
import { formKey } from '../../contract/object-keys.ts';

/** Parts of one file, and how many of them are in memory: one fills while the others are on their way. */
const PARTS = { partSize: LIMITS.partBytes, queueSize: 3, leavePartsOnError: false };

/**
 * Stores files while they arrive, below the prefix of uploads in flight, whose lifecycle ends them after a day. The bucket is
 * versioned, and what is discarded is the version that was written: nothing of it stays.
 */
export function keepIncoming(client: S3Client, bucket: string): KeepIncoming {
  return async (uploadId, bytes) => {
    const at = { Bucket: bucket, Key: formKey(uploadId) };
    let size = 0;
    async function* counted() {
      for await (const chunk of bytes) {
        size += chunk.byteLength;
        yield chunk;
      }
    }
    const params = { ...at, Body: Readable.from(counted(), { objectMode: false }) };
    const { VersionId } = await new Upload({ client, params, ...PARTS }).done();
    const version = VersionId === undefined ? {} : { VersionId };
    return { size, discard: async () => void (await client.send(new DeleteObjectCommand({ ...at, ...version }))) };
  };
}
