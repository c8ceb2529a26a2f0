import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { ZIPS_PREFIX } from '../../contract/object-keys.ts';
import type { ZipStorage } from '../../core/library/zips/zip-storage.ts';
import { zipFile } from './zip-file.ts';

/** Bytes of a part, and how many of them are in memory: one is filled while the other one is sent. */
const PART = { partSize: 8 * 2 ** 20, queueSize: 2 };

/** ZIPs below a prefix of the originals bucket, whose lifecycle deletes them after a day. */
export function zipStorage(client: S3Client, bucket: string): ZipStorage {
  const at = (key: string) => ({ Bucket: bucket, Key: `${ZIPS_PREFIX}${key}` });
  return {
    write: async (key, fileName, members) => {
      const params = {
        ...at(key),
        ContentType: 'application/zip',
        ContentDisposition: `attachment; filename*=UTF-8''${encodeURIComponent(fileName).replace(/['()*]/g, escaped)}`,
        Body: Readable.from(zipFile(members), { objectMode: false }),
      };
      await new Upload({ client, params, ...PART }).done();
    },
    sign: (key, seconds) => getSignedUrl(client, new GetObjectCommand(at(key)), { expiresIn: seconds }),
  };
}

/** What RFC 8187 wants escaped beyond what JavaScript escapes. */
const escaped = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
