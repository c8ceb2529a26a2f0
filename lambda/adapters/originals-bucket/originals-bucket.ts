import type { S3Client } from '@aws-sdk/client-s3';
import { DeleteObjectsCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import type { Originals } from '../../core/library/originals.ts';
import { pinnedObject } from '../../core/library/pinned-object.ts';
import { copyObject } from './copy-object.ts';

/** The bucket with the originals, but for what writes them. */
export function originalsBucket(client: S3Client, bucket: string): Omit<Originals, 'write'> {
  return {
    copy: (from, to, size) => copyObject(client, bucket, { from, to, size }),
    erase: async (objectKey) => {
      // An object at its origin is not ours to delete.
      if (!pinnedObject(objectKey)) await eraseObject(client, bucket, objectKey);
    },
  };
}

/** The bucket is versioned: what is only deleted can be brought back. */
async function eraseObject(client: S3Client, bucket: string, objectKey: string): Promise<void> {
  let from: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  do {
    const page = await client.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: objectKey, ...from }));
    const generations = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    const own = generations.filter(({ Key }) => Key === objectKey).map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (own.length > 0) await deleteGenerations(client, bucket, own);
    from = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  } while (from.KeyMarker !== undefined);
}

async function deleteGenerations(
  client: S3Client,
  bucket: string,
  generations: { Key: string | undefined; VersionId: string | undefined }[],
): Promise<void> {
  const { Errors = [] } = await client.send(
    new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: generations, Quiet: true } }),
  );
  if (Errors.length > 0) throw new Error(`An original was not removed: ${Errors[0]?.Code} ${Errors[0]?.Message}`);
}
