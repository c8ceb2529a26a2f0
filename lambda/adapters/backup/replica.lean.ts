import { liveFileKey, liveFolderKey, RECORD_FOLDERS, type ReplicaPlace } from '../../contract/backup.ts';
import type { Replica } from '../../core/delivery/replica-access.ts';
import { toStoredContent } from '../../core/library/asset.ts';
import { findPathRecord } from '../../core/library/files/path-record.ts';
import type { FileEntry, FileVersion, FolderEntry } from '../../core/library/store/records.ts';
import type { S3Objects } from '../signed-http/s3-objects.lean.ts';
import { s3Objects } from '../signed-http/s3-objects.lean.ts';
import type { Environment } from '../signed-http/service-endpoint.lean.ts';
import { AwsCallError } from '../signed-http/signed-fetch.lean.ts';

/** Bytes that a record may have; one of a file with a hundred versions is far less. */
const RECORD_BYTES = 2_000_000;

/** The copy of a region in its bucket: names in folders lead to the bytes, one object for each level of a path. */
export function replica(environment: Environment, { bucket, region }: ReplicaPlace): Replica {
  const objects = s3Objects({ ...environment, AWS_REGION: region }, bucket);
  const reads = {
    // Names are as they are: there is no table whose changes could be watched meanwhile.
    stamp: async () => 0,
    cachedFolder: async () => undefined,
    cacheFolder: async () => {},
    folderEntry: (parentId: string, name: string) => record<FolderEntry>(objects, liveFolderKey(parentId, name)),
    fileEntry: (folderId: string, name: string) => record<FileEntry>(objects, liveFileKey(folderId, name)),
  };
  return {
    assets: {
      find: (path) => findPathRecord(reads, path),
      findVersion: async (assetId, versionId) => {
        const file = await record<{ readonly versions: readonly FileVersion[] }>(
          objects,
          `${RECORD_FOLDERS.assets}${assetId}.json`,
        );
        const version = file?.versions.find((one) => one.versionId === versionId);
        return version && toStoredContent(version);
      },
    },
    originals: { read: objects.read },
  };
}

/** @returns undefined when there is none; the right to list has S3 say so */
async function record<T>(objects: Pick<S3Objects, 'read'>, key: string): Promise<T | undefined> {
  try {
    return JSON.parse(Buffer.from(await objects.read(key, RECORD_BYTES)).toString('utf8')) as T;
  } catch (error) {
    if (error instanceof AwsCallError && error.status === 404) return undefined;
    throw error;
  }
}
