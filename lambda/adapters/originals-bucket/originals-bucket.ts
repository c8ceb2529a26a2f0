import type { S3Client } from '@aws-sdk/client-s3';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Originals } from '../../core/library/originals.ts';

/** The bucket with the originals. S3 checks the checksum that the SDK sends along, so no damaged byte is stored. */
export function originalsBucket(client: S3Client, bucket: string): Originals {
  return {
    write: async ({ objectKey, contentType }, bytes) => {
      await client.send(
        new PutObjectCommand({ Bucket: bucket, Key: objectKey, Body: bytes, ContentType: contentType }),
      );
    },
    remove: async (objectKey) => {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: objectKey }));
    },
  };
}
