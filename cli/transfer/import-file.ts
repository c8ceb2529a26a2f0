import { stat } from 'node:fs/promises';
import { ApiRefused } from '../api/api.ts';
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

/** Looks at a file whose place others write to at the same time: the calls of an import that was killed are carried out yet. */
const LOOKS = 5;

/** Answers that say that the library is no longer as it was seen. */
const SEEN_LATE: readonly (string | undefined)[] = ['file.changed', 'upload.name-taken'];

/**
 * Gives a library the versions of a file that it lacks. Each is sent with all details, so that a break leaves none without them.
 * @returns whether anything was sent
 * @throws CommandFailed also when the library has other versions under the path
 */
export async function importFile(deps: ImportFileDeps, record: FileRecord): Promise<boolean> {
  const { api } = deps.deployment;
  let listed = await deps.find(placeOf(record));
  for (let look = 1; ; look++) {
    try {
      return await completeFile(deps, record, listed && (await seenOf(deps.deployment, listed.fileId)));
    } catch (error) {
      if (!(error instanceof ApiRefused && SEEN_LATE.includes(error.code)) || look === LOOKS) throw error;
      listed = await fileAt(api, record.path);
    }
  }
}

/** A file of the library. The tag is as old as the checksums, or older. */
interface SeenFile {
  readonly tag: string | undefined;
  /** Of its versions, oldest first. */
  readonly checksums: readonly string[];
}

/** A version is added only to what was seen, so that none comes in between and none comes twice. */
async function completeFile(deps: ImportFileDeps, record: FileRecord, seen: SeenFile | undefined): Promise<boolean> {
  const there = seen?.checksums ?? [];
  if (there.some((checksum, place) => checksum !== record.versions[place])) {
    throw new CommandFailed('The library has other versions of it. They are left as they are.');
  }
  const missing = record.versions.slice(there.length);
  let tag = seen?.tag;
  for (const checksum of missing) tag = await sendVersion(deps, record, checksum, tag);
  if (record.current < record.versions.length - 1) await makeCurrent(deps.deployment, record);
  return missing.length > 0;
}

async function seenOf(deployment: Deployment, fileId: string): Promise<SeenFile> {
  const details = await deployment.api.call('GET', `/v1/files/${fileId}/details`);
  await details.body?.cancel();
  const versions = await versionsOf(deployment, fileId);
  const checksums = await Promise.all(versions.map((version) => checksumOfVersion(deployment, version)));
  return { tag: tagOf(details), checksums };
}

const tagOf = ({ headers }: Response): string | undefined => headers.get('etag') ?? undefined;

const placeOf = ({ path }: FileRecord) => {
  const slash = path.lastIndexOf('/');
  return { folder: path.slice(0, slash) || '/', name: path.slice(slash + 1) };
};

/** @param tag of the file as it was seen, undefined where there is none @returns its tag now */
async function sendVersion(
  { deployment, originals, begun }: ImportFileDeps,
  record: FileRecord,
  checksum: string,
  tag: string | undefined,
): Promise<string | undefined> {
  const file = originals.fileOf(checksum);
  const found = await stat(file).catch(() => undefined);
  if (!found) throw new CommandFailed(`The export lacks ${file}.`);
  const local = { file, bytes: found.size, changedAt: found.mtimeMs, ...placeOf(record) };
  const parameters = { ...detailsOf(record), overwriteFile: String(tag !== undefined) };
  const answer = await sendFile({ api: deployment.api, begun }, local, { parameters, ifMatch: tag });
  await answer.body?.cancel();
  return tagOf(answer);
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
