import type { LibraryStore } from '../store/library-store.ts';
import type { FileEntry, FolderEntry } from '../store/records.ts';

const PAGE = 500;

/** Names that lead from the folder in which a walk began to a file. */
export type WalkPlace = readonly string[];

export interface WalkedFile {
  readonly entry: FileEntry;
  /** Under the path that was given. */
  readonly path: string;
  readonly place: WalkPlace;
}

/** Where a walk goes on in a folder. */
export interface WalkStart {
  /** Files after this name; undefined when all of them are done. */
  readonly files?: { readonly after: string | undefined };
  /** The folder in which it stopped, and where in it. */
  readonly inside?: { readonly name: string; readonly place: WalkPlace };
}

/** @param place of the last file that is done; none for the beginning */
export function walkStart([name, ...below]: WalkPlace): WalkStart {
  if (name === undefined || below.length === 0) return { files: { after: name } };
  return { inside: { name, place: below } };
}

type WalkReads = Pick<LibraryStore, 'files' | 'folders' | 'folderEntry'>;

/**
 * All files of a folder and below, with their paths under a given one, whether or not the folder is in sight. Files come before
 * folders, both by name, so a walk can go on where another stopped.
 */
export async function* filesBelow(
  store: WalkReads,
  folderId: string,
  path: string,
  after: WalkPlace = [],
): AsyncGenerator<WalkedFile> {
  const start = walkStart(after);
  const below = (name: string) => `${path === '/' ? '' : path}/${name}`;
  if (start.files) {
    for await (const entry of entriesIn(store, folderId, start.files.after)) {
      yield { entry, path: below(entry.name), place: [entry.name] };
    }
  }
  for await (const { folder, place } of foldersFrom(store, folderId, start)) {
    for await (const file of filesBelow(store, folder.folderId, below(folder.name), place)) {
      yield { ...file, place: [folder.name, ...file.place] };
    }
  }
}

/** Whether a file lies in a folder or anywhere below it. */
export async function holdsFiles(store: WalkReads, folderId: string): Promise<boolean> {
  for await (const _ of filesBelow(store, folderId, '')) return true;
  return false;
}

/** The folders that a walk has still to enter, each with where it goes on in it. */
export async function* foldersFrom(
  store: Pick<LibraryStore, 'folders' | 'folderEntry'>,
  folderId: string,
  { inside }: WalkStart,
): AsyncGenerator<{ readonly folder: FolderEntry; readonly place: WalkPlace }> {
  const entered = inside && (await store.folderEntry(folderId, inside.name));
  if (entered) yield { folder: entered, place: inside.place };
  for await (const folder of foldersIn(store, folderId, inside?.name)) yield { folder, place: [] };
}

/** The files of a folder itself, by name. */
export const entriesIn = (
  store: Pick<LibraryStore, 'files'>,
  folderId: string,
  after?: string,
): AsyncGenerator<FileEntry> => allFrom((page) => store.files(folderId, page), after);

/** The folders of a folder itself, by name. */
export const foldersIn = (
  store: Pick<LibraryStore, 'folders'>,
  folderId: string,
  after?: string,
): AsyncGenerator<FolderEntry> => allFrom((page) => store.folders(folderId, page), after);

async function* allFrom<R>(
  read: (page: { limit: number; from?: string }) => Promise<{ readonly records: readonly R[]; readonly next?: string }>,
  after: string | undefined,
): AsyncGenerator<R> {
  let from = after;
  do {
    const page = await read({ limit: PAGE, ...(from !== undefined && { from }) });
    yield* page.records;
    from = page.next;
  } while (from !== undefined);
}
