import type { S3Client } from '@aws-sdk/client-s3';
import { CopyObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import type { BackupPair, StoredObject } from '../../core/backup/reconcile.ts';
import { escapePath } from '../../core/library/asset-path.ts';
import { originalsBucket } from '../originals-bucket/originals-bucket.ts';

/** The originals and the bucket that they are replicated to. @param far asks that bucket, which may be in another region */
export function backupPair(near: S3Client, originals: string, far: S3Client, backup: string): BackupPair {
  return {
    originals: (prefix) => objectsOf(near, originals, prefix),
    backup: (prefix) => objectsOf(far, backup, prefix),
    copy: async (Key) => {
      const CopySource = `${originals}/${escapePath(Key)}`;
      await far.send(new CopyObjectCommand({ Bucket: backup, Key, CopySource, ChecksumAlgorithm: 'SHA256' }));
    },
    erase: (key) => originalsBucket(far, backup).erase(key),
  };
}

async function* objectsOf(client: S3Client, Bucket: string, Prefix: string): AsyncIterable<StoredObject> {
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
    for (const { Key, Size = 0, LastModified } of Contents) {
      if (Key !== undefined) yield { key: Key, size: Size, modifiedAt: LastModified?.getTime() ?? 0 };
    }
  }
}
