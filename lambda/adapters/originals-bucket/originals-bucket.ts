import type { S3Client } from '@aws-sdk/client-s3';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { problem } from '../../core/kernel/problems.ts';
import type { Originals } from '../../core/library/originals.ts';

/** The bucket with the originals. S3 checks the checksum that the SDK sends along, so no damaged byte is stored. */
export function originalsBucket(client: S3Client, bucket: string): Originals {
  return {
    write: async ({ objectKey, contentType }, bytes) => {
      const put = new PutObjectCommand({ Bucket: bucket, Key: objectKey, Body: bytes, ContentType: contentType });
      await client.send(put).catch(explainFullDisk);
    },
    remove: async (objectKey) => {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: objectKey }));
    },
  };
}

/** How the local S3 says that the machine has no room; Amazon's never does. */
function explainFullDisk(cause: Error): never {
  if (cause.name !== 'InsufficientStorage') throw cause;
  throw problem('storage.full', 'The disk of the machine that keeps the originals is full. Nothing was stored.', {
    cause,
  });
}
