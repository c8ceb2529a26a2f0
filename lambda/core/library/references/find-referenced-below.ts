import type { LibraryStore } from '../store/library-store.ts';
import type { Folder } from '../tree/folder.ts';
import { pathIn } from '../tree/folder.ts';
import { foldersIn } from '../tree/walk-folder.ts';

/** Referenced files that are enough for an answer. */
const ENOUGH = 20;

/** Folders that are read at the same time. */
const READERS = 8;

/**
 * Requests of at most 1 MB each, or of one folder, after which a folder counts as too large to look through: some 400,000 files
 * in few folders, which takes seconds.
 */
const MOST_REQUESTS = 400;

export interface ReferencedFile {
  readonly assetId: string;
  readonly path: string;
}

/** The first files of a folder and below that other systems refer to. */
export async function findReferencedBelow(
  store: Pick<LibraryStore, 'folders' | 'folderEntry' | 'referencedFiles'>,
  folder: Folder,
): Promise<readonly ReferencedFile[] | 'too-many'> {
  const found: ReferencedFile[] = [];
  const queue: { readonly folderId: string; readonly path: string }[] = [folder];
  let requests = 0;
  const look = async ({ folderId, path }: { readonly folderId: string; readonly path: string }): Promise<void> => {
    for await (const { name, folderId: below } of foldersIn(store, folderId)) {
      queue.push({ folderId: below, path: pathIn({ path }, name) });
    }
    for (let from: string | undefined, isFirst = true; isFirst || from !== undefined; isFirst = false) {
      const { records, next } = await store.referencedFiles(folderId, from);
      requests++;
      found.push(...records.map(({ assetId, name }) => ({ assetId, path: pathIn({ path }, name) })));
      if (found.length >= ENOUGH || requests > MOST_REQUESTS) return;
      from = next;
    }
  };
  while (queue.length > 0 && found.length < ENOUGH) {
    if (requests > MOST_REQUESTS) return 'too-many';
    await Promise.all(queue.splice(0, READERS).map(look));
  }
  return requests > MOST_REQUESTS && found.length === 0 ? 'too-many' : found;
}
