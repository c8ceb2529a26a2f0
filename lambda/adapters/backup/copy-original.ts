import type { S3Client } from '@aws-sdk/client-s3';
import { CopyObjectCommand, DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import type { CopyOriginal } from '../../core/backup/restore.ts';
import { escapePath } from '../../core/library/asset-path.ts';

/** S3 answers so for what is not there; 403 is a right that is missing, because the role may list. */
const MISSING = ['NotFound', 'NoSuchKey'];

/** Has S3 copy originals between two buckets; it computes their SHA-256 on the way (S3, "CopyObject"). */
export function copyOriginal(client: S3Client, from: string, to: string): CopyOriginal {
  return async (Key, sha256) => {
    const at = { Bucket: to, Key };
    if (await isThere(client, to, Key)) return 'there';
    try {
      const { CopyObjectResult, VersionId } = await client.send(
        new CopyObjectCommand({ ...at, CopySource: `${from}/${escapePath(Key)}`, ChecksumAlgorithm: 'SHA256' }),
      );
      const got = Buffer.from(CopyObjectResult?.ChecksumSHA256 ?? '', 'base64').toString('hex');
      if (sha256 === undefined || got === sha256) return 'copied';
      await client.send(new DeleteObjectCommand({ ...at, VersionId }));
      return 'damaged';
    } catch (error) {
      if (MISSING.includes((error as Error).name)) return 'missing';
      throw error;
    }
  };
}

async function isThere(client: S3Client, Bucket: string, Key: string): Promise<boolean> {
  try {
    await client.send(new HeadObjectCommand({ Bucket, Key }));
    return true;
  } catch (error) {
    if (MISSING.includes((error as Error).name)) return false;
    throw error;
  }
}
