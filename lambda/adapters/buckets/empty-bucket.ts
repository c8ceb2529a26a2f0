import type { S3Client } from '@aws-sdk/client-s3';
import { DeleteObjectsCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';

/**
 * Deletes every object of a bucket with all its versions, a page at a time, and looks again from the beginning: what was
 * written meanwhile goes too.
 * @param mayGoOn asked before each page
 * @returns whether the bucket is empty
 */
export async function emptyBucket(s3: S3Client, bucket: string, mayGoOn: () => boolean): Promise<boolean> {
  while (mayGoOn()) {
    // A page has as many entries as one call deletes (S3 API reference, "DeleteObjects").
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return true;
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
    );
    if (Errors[0])
      throw new Error(`${Errors.length} objects of ${bucket} could not be deleted, first: ${Errors[0].Code}`);
  }
  return false;
}
