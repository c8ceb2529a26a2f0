import type { LibraryStore } from '../store/library-store.ts';
import type { FileEntry, FolderEntry } from '../store/records.ts';

const PAGE = 500;

/** All files of a folder and below, with their paths under a given one, whether or not the folder is in sight. */
export async function* filesBelow(
  store: Pick<LibraryStore, 'files' | 'folders'>,
  folderId: string,
  path: string,
): AsyncGenerator<{ readonly entry: FileEntry; readonly path: string }> {
  for await (const entry of entriesIn(store, folderId)) {
    yield { entry, path: `${path === '/' ? '' : path}/${entry.name}` };
  }
  for await (const entry of foldersIn(store, folderId)) {
    yield* filesBelow(store, entry.folderId, `${path === '/' ? '' : path}/${entry.name}`);
  }
}

/** The files of a folder itself. */
export const entriesIn = (store: Pick<LibraryStore, 'files'>, folderId: string): AsyncGenerator<FileEntry> =>
  entriesOf((page) => store.files(folderId, page));

export const foldersIn = (store: Pick<LibraryStore, 'folders'>, folderId: string): AsyncGenerator<FolderEntry> =>
  entriesOf((page) => store.folders(folderId, page));

async function* entriesOf<R>(
  read: (page: { limit: number; from?: string }) => Promise<{ readonly records: readonly R[]; readonly next?: string }>,
): AsyncGenerator<R> {
  let from: string | undefined;
  do {
    const page = await read({ limit: PAGE, ...(from !== undefined && { from }) });
    yield* page.records;
    from = page.next;
  } while (from !== undefined);
}
