import { isAllowed } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Problem } from '../../kernel/problems.ts';
import { problem } from '../../kernel/problems.ts';
import type { LibraryFile } from '../files/library-file.ts';
import { findFile } from '../files/library-file.ts';
import { headAt } from '../files/relocate-file.ts';
import type { LargeUpload } from '../store/large-upload-record.ts';
import { requireInFolder } from '../tree/ensure-folder.ts';
import { findFolder } from '../tree/find-folder.ts';
import { pathIn } from '../tree/folder.ts';
import type { UploadFileDeps } from '../upload-file.ts';
import type { OriginalParts } from './original-parts.ts';

export interface LargeUploadDeps extends UploadFileDeps {
  readonly parts: OriginalParts;
}

export const partCountOf = ({ size, partSize }: LargeUpload): number => Math.ceil(size / partSize);

/** Bytes of one part; the last one has what is left. */
export const partBytesOf = (upload: LargeUpload, number: number): number =>
  Math.min(upload.partSize, upload.size - (number - 1) * upload.partSize);

/**
 * An upload of somebody who may upload where it goes.
 * @throws Problem large-upload.missing, also for one that the caller may not know of
 */
export async function requireLargeUpload(
  deps: LargeUploadDeps,
  caller: Caller,
  uploadId: string,
): Promise<LargeUpload> {
  const upload = await deps.store.largeUpload(uploadId);
  if (!upload || upload.expiresAt * 1000 <= deps.clock()) throw missingUpload();
  try {
    await requireInFolder(deps.store, caller, 'files.upload', upload.folder);
  } catch (cause) {
    throw missingUpload(cause);
  }
  return upload;
}

const missingUpload = (cause?: unknown): Problem =>
  problem('large-upload.missing', 'There is no such upload: it was never begun, was refused or removed, or is over.', {
    cause,
  });

/**
 * The file that an upload has become or became a version of, wherever it was moved if it is still its own. None where the
 * caller may not upload by now.
 */
export async function findUploaded(
  { store }: Pick<LargeUploadDeps, 'store'>,
  caller: Caller,
  { versionId, folder: folderPath, name }: LargeUpload,
): Promise<LibraryFile | undefined> {
  const own = await findFile(store, versionId);
  if (own) return isAllowed(caller, 'files.upload', own.folder.chain) ? own : undefined;
  const folder = await findFolder(store, folderPath);
  const head = folder && (await headAt({ store }, folder, name));
  return folder && head && { head, folder, path: pathIn(folder, name) };
}
