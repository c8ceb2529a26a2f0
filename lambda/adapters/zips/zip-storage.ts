import type { S3Client } from '@aws-sdk/client-s3';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { ZIPS_PREFIX } from '../../contract/object-keys.ts';
import type { ZipStorage } from '../../core/library/zips/zip-storage.ts';

/** ZIPs below a prefix of the originals bucket, whose lifecycle deletes them after a day. */
export function zipStorage(client: S3Client, bucket: string): ZipStorage {
  const at = (key: string) => ({ Bucket: bucket, Key: `${ZIPS_PREFIX}${key}` });
  return {
    begin: async (key, fileName) => {
      const { UploadId } = await client.send(
        new CreateMultipartUploadCommand({
          ...at(key),
          ContentType: 'application/zip',
          ContentDisposition: `attachment; filename*=UTF-8''${encodeURIComponent(fileName).replace(/['()*]/g, escaped)}`,
        }),
      );
      if (UploadId === undefined) throw new Error('S3 began an upload without an id.');
      return UploadId;
    },
    writePart: async (key, UploadId, PartNumber, bytes) => {
      const { ETag } = await client.send(new UploadPartCommand({ ...at(key), UploadId, PartNumber, Body: bytes }));
      if (ETag === undefined) throw new Error('S3 took a part without an entity tag.');
      return ETag;
    },
    complete: async (key, UploadId, etags) => {
      const Parts = etags.map((ETag, index) => ({ ETag, PartNumber: index + 1 }));
      await client.send(new CompleteMultipartUploadCommand({ ...at(key), UploadId, MultipartUpload: { Parts } }));
    },
    abort: async (key, UploadId) => {
      await client.send(new AbortMultipartUploadCommand({ ...at(key), UploadId }));
    },
    sign: (key, seconds) => getSignedUrl(client, new GetObjectCommand(at(key)), { expiresIn: seconds }),
  };
}

/** What RFC 8187 wants escaped beyond what JavaScript escapes. */
const escaped = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
