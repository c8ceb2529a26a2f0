import type { PathRecord } from '../asset.ts';
import { toStoredContent } from '../asset.ts';
import type { LibraryStore } from '../store/library-store.ts';
import type { FileEntry } from '../store/records.ts';
import type { PathReads } from '../tree/find-folder.ts';
import { findFolder } from '../tree/find-folder.ts';
import type { Folder } from '../tree/folder.ts';

/** What is delivered under a path. A draft is delivered nowhere. */
export async function findPathRecord(
  reads: PathReads & Pick<LibraryStore, 'fileEntry'>,
  path: string,
): Promise<PathRecord | undefined> {
  const slash = path.lastIndexOf('/');
  const folder = await findFolder(reads, path.slice(0, slash) || '/');
  const entry = folder && (await reads.fileEntry(folder.folderId, path.slice(slash + 1)));
  return entry?.isPublished ? toPathRecord(entry, folder as Folder, path) : undefined;
}

function toPathRecord(entry: FileEntry, folder: Folder, path: string): PathRecord {
  const { assetId, revision, versionId, isPrivate, updatedAt } = entry;
  const { customCoordinates, takenDownSince, takenDownUntil } = entry;
  return {
    ...toStoredContent(entry),
    ...{ path, assetId, revision, versionId, updatedAt },
    isPrivate: isPrivate || folder.isPrivate,
    ...(customCoordinates !== undefined && { customCoordinates }),
    ...(takenDownSince !== undefined && { takenDownSince }),
    ...(takenDownUntil !== undefined && { takenDownUntil }),
  };
}
