import { stat } from 'node:fs/promises';
import { fileAt } from '../api/assets.ts';
import { CommandFailed } from '../command-failed.ts';
import type { BegunUploads } from '../upload/begun-uploads.ts';
import type { FindThere } from '../upload/is-there.ts';
import { sendFile } from '../upload/send-file.ts';
import type { UploadParameters } from '../upload/upload-parameters.ts';
import type { Deployment } from './deployment.ts';
import { checksumOfVersion, versionsOf } from './deployment.ts';
import type { FileRecord } from './library-record.ts';
import type { Originals } from './originals.ts';

export interface ImportFileDeps {
  readonly deployment: Deployment;
  readonly originals: Originals;
  readonly begun: BegunUploads;
  readonly find: FindThere;
}

/**
 * Gives a library the versions of a file that it lacks. Each is sent with all details, so that a break leaves none without them.
 * @returns whether anything was sent
 * @throws CommandFailed also when the library has other versions under the path
 */
export async function importFile(deps: ImportFileDeps, record: FileRecord): Promise<boolean> {
  const { deployment } = deps;
  const before = await deps.find(placeOf(record));
  const there = before ? await checksumsOf(deployment, before.fileId) : [];
  if (there.some((checksum, place) => checksum !== record.versions[place])) {
    throw new CommandFailed('The library has other versions of it. They are left as they are.');
  }
  const missing = record.versions.slice(there.length);
  for (const checksum of missing) await sendVersion(deps, record, checksum);
  if (record.current < record.versions.length - 1) await makeCurrent(deployment, record);
  return missing.length > 0;
}

const placeOf = ({ path }: FileRecord) => {
  const slash = path.lastIndexOf('/');
  return { folder: path.slice(0, slash) || '/', name: path.slice(slash + 1) };
};

async function checksumsOf(deployment: Deployment, fileId: string): Promise<string[]> {
  const versions = await versionsOf(deployment, fileId);
  return Promise.all(versions.map((version) => checksumOfVersion(deployment, version)));
}

async function sendVersion({ deployment, originals, begun }: ImportFileDeps, record: FileRecord, checksum: string) {
  const file = originals.fileOf(checksum);
  const found = await stat(file).catch(() => undefined);
  if (!found) throw new CommandFailed(`The export lacks ${file}.`);
  const local = { file, bytes: found.size, changedAt: found.mtimeMs, ...placeOf(record) };
  await sendFile({ api: deployment.api, begun }, local, detailsOf(record));
}

/** As a form has them. */
const detailsOf = (record: FileRecord): UploadParameters => ({
  isPrivateFile: String(record.isPrivate),
  isPublished: String(record.isPublished),
  ...(record.tags.length > 0 && { tags: JSON.stringify(record.tags) }),
  ...(record.description !== null && { description: record.description }),
  ...(record.customCoordinates !== null && { customCoordinates: record.customCoordinates }),
  ...(Object.keys(record.customMetadata).length > 0 && { customMetadata: JSON.stringify(record.customMetadata) }),
});

async function makeCurrent(deployment: Deployment, { path, current }: FileRecord): Promise<void> {
  const file = await fileAt(deployment.api, path);
  const version = file && (await versionsOf(deployment, file.fileId))[current];
  if (!version || version.type === 'file') return;
  await deployment.api.call('PUT', `/v1/files/${file.fileId}/versions/${version.versionInfo.id}/restore`);
}
