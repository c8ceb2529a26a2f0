import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { GetObjectCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { ChainsNotRead } from './read-chains.ts';

/** A file of the locked bucket. The bucket is versioned, and whoever may put could put another version: the oldest counts. */
export interface CopiedFile {
  readonly key: string;
  /** Versions that came after the oldest. */
  readonly later: number;
  readonly read: () => Promise<Buffer>;
}

/** Files under a prefix, sorted by their keys. @throws ChainsNotRead */
export type ListCopy = (prefix: string) => Promise<readonly CopiedFile[]>;

/** A folder with what `aws s3 sync` wrote. It has one version of each file, the newest. */
export function copyInFolder(folder: string): ListCopy {
  return async (prefix) => {
    try {
      const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
      const keys = names.map((name) => name.split(sep).join('/')).filter((key) => key.startsWith(prefix));
      const files = keys.filter((key) => statSync(join(folder, key)).isFile()).sort();
      return files.map((key) => ({ key, later: 0, read: async () => readFileSync(join(folder, key)) }));
    } catch {
      throw new ChainsNotRead(`${relative('.', folder) || folder} cannot be read.`);
    }
  };
}

/** The bucket itself, with the credentials of the environment. */
export function copyInBucket(Bucket: string): ListCopy {
  const client = new S3Client({});
  const read = async (Key: string, VersionId: string): Promise<Buffer> => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, VersionId }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  };
  return async (prefix) => {
    const versions = await listVersions(client, Bucket, prefix).catch((error: Error) => {
      throw new ChainsNotRead(`The bucket ${Bucket} cannot be read: ${error.name}.`);
    });
    return [...versions].map(([key, ids]) => ({
      ...{ key, later: ids.length - 1 },
      read: () => read(key, ids.at(-1) ?? ''),
    }));
  };
}

/** Ids of the versions of each key, the newest first. */
async function listVersions(client: S3Client, Bucket: string, Prefix: string): Promise<Map<string, string[]>> {
  const versions = new Map<string, string[]>();
  let from: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  do {
    const page = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix, ...from }));
    for (const { Key = '', VersionId = '' } of page.Versions ?? [])
      versions.set(Key, [...(versions.get(Key) ?? []), VersionId]);
    from = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  } while (from.KeyMarker !== undefined);
  return versions;
}
