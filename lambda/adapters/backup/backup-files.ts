import type { S3Client } from '@aws-sdk/client-s3';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import type { WritableBackupFiles } from '../../core/backup/backup-files.ts';

const TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  jsonl: 'application/jsonl',
  md: 'text/markdown; charset=utf-8',
};

/** Files of a backup in a bucket: beside the originals, or in the one that they are replicated to. */
export function backupFiles(client: S3Client, Bucket: string): WritableBackupFiles {
  return {
    read: async (Key) => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
        return await Body?.transformToString();
      } catch (error) {
        if ((error as Error).name === 'NoSuchKey') return undefined;
        throw error;
      }
    },
    async *list(Prefix, StartAfter) {
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix, StartAfter })) {
        for (const { Key } of Contents) if (Key !== undefined) yield Key;
      }
    },
    write: async (Key, Body) => {
      const ContentType = TYPES[Key.slice(Key.lastIndexOf('.') + 1)];
      await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType }));
    },
    create: async (Key, Body) => {
      try {
        await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: TYPES.json, IfNoneMatch: '*' }));
      } catch (error) {
        if ((error as Error).name !== 'PreconditionFailed') throw error;
      }
    },
    remove: async (Key) => void (await client.send(new DeleteObjectCommand({ Bucket, Key }))),
  };
}
