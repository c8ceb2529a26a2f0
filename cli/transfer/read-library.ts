import type { Api } from '../api/api.ts';
import type { ToldFile } from '../api/assets.ts';
import { filesOf, foldersOf } from '../api/assets.ts';
import { inParallel } from '../in-parallel.ts';
import type { Deployment } from './deployment.ts';
import { checksumOfVersion, versionsOf } from './deployment.ts';
import type { FieldRecord, FileRecord, FolderRecord } from './library-record.ts';
import { stateHash } from './state-hash.ts';

/** The custom metadata fields that are not deleted. */
export async function readFields(api: Api): Promise<FieldRecord[]> {
  const fields = (await (await api.call('GET', '/v1/customMetadataFields')).json()) as readonly FieldRecord[];
  return fields.map(({ name, label, schema, description }) => ({
    ...{ kind: 'field', name, label, schema },
    ...(description !== undefined && { description }),
  }));
}

/** All folders, each after the one above it. */
export async function readFolders(api: Api): Promise<FolderRecord[]> {
  const folders: FolderRecord[] = [];
  for await (const { folderPath, isPrivate } of foldersOf(api, {})) {
    folders.push({ kind: 'folder', path: folderPath, isPrivate });
  }
  return folders.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** A file with all its versions. @param look is given each version with its checksum */
export async function readFile(
  deployment: Deployment,
  file: ToldFile,
  look: (version: ToldFile, checksum: string) => Promise<void> = async () => undefined,
): Promise<FileRecord> {
  const versions = await versionsOf(deployment, file.fileId);
  const checksums: string[] = [];
  for (const version of versions) {
    const checksum = await checksumOfVersion(deployment, version);
    await look(version, checksum);
    checksums.push(checksum);
  }
  return {
    ...{ kind: 'file', path: file.filePath, versions: checksums },
    current: versions.findIndex(({ type }) => type === 'file'),
    tags: file.tags ?? [],
    description: file.description ?? null,
    customCoordinates: file.customCoordinates,
    customMetadata: file.customMetadata,
    isPrivate: file.isPrivateFile,
    isPublished: file.isPublished,
  };
}

/** Files that are looked at side by side. */
const SIDE_BY_SIDE = 4;

/** The state hash of a whole library. @throws CommandFailed */
export async function stateOf(deployment: Deployment): Promise<string> {
  const hash = stateHash();
  for (const record of [...(await readFields(deployment.api)), ...(await readFolders(deployment.api))])
    hash.add(record);
  await inParallel(filesOf(deployment.api, {}), SIDE_BY_SIDE, async (file) =>
    hash.add(await readFile(deployment, file)),
  );
  return hash.value();
}
