import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { GetObjectCommand } from '@aws-sdk/client-s3';

/**
 * SHA-256 of an original's bytes, hexadecimal, read in pieces: S3 itself has none of an object that came in parts.
 * @returns undefined when there is no such object
 */
export function originalChecksum(client: S3Client, bucket: string) {
  return async (objectKey: string): Promise<string | undefined> => {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: objectKey }));
      const hash = createHash('sha256');
      for await (const piece of Body as AsyncIterable<Uint8Array>) hash.update(piece);
      return hash.digest('hex');
    } catch (error) {
      // Without the right to list, S3 denies what is not there.
      if (['NoSuchKey', 'AccessDenied'].includes((error as Error).name)) return undefined;
      throw error;
    }
  };
}
