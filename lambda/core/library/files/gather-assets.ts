import { LIMITS } from '../../../contract/limits.ts';
import { isVisible, scopeOf } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import type { LibraryStore } from '../store/library-store.ts';
import type { FileEntry, FolderEntry } from '../store/records.ts';
import { ROOT_FOLDER } from '../store/records.ts';
import { findFolder, locateFolder } from '../tree/find-folder.ts';
import type { Folder } from '../tree/folder.ts';
import { folderBelow, rootFolder } from '../tree/folder.ts';
import { entriesIn, foldersIn } from '../tree/walk-folder.ts';

/** What lies in folders, before it is sorted. */
export interface GatheredAssets {
  readonly files: readonly { readonly entry: FileEntry; readonly folder: Folder }[];
  readonly folders: readonly Folder[];
}

/** Which part of the library is meant. */
export interface MeantAssets {
  readonly path?: string | undefined;
  /** Of what is meant in the folder @default everything */
  readonly name?: string | undefined;
  readonly type: 'file' | 'folder' | 'all';
}

/**
 * What lies in one folder, or in the whole library: what the caller may see of it. It is read from the folders themselves, so
 * what was just uploaded is in it.
 * @param meant its path is in canonical form @default everywhere
 * @throws Problem list.limit for a folder that is too large to be sorted
 * @returns `too-many` when everywhere is more than is read folder by folder
 */
export async function gatherAssets(
  store: LibraryStore,
  caller: Caller,
  { path, name, type }: MeantAssets,
): Promise<GatheredAssets | 'too-many'> {
  if (path === undefined) return gatherEverywhere(store, caller, type);
  const folder = await findFolder(store, path);
  if (!folder) return { files: [], folders: [] };
  const inside = name === undefined ? await allIn(store, folder) : await namedIn(store, folder, name);
  const below = inside.folders.map((entry) => folderBelow(folder, entry));
  const folders = below.filter(({ chain }) => isVisible(caller, chain));
  if (!isVisible(caller, folder.chain)) return { files: [], folders };
  return { files: inside.files.map((entry) => ({ entry, folder })), folders };
}

interface InFolder {
  readonly files: readonly FileEntry[];
  readonly folders: readonly FolderEntry[];
}

async function allIn(store: LibraryStore, { folderId }: Folder): Promise<InFolder> {
  return { folders: await sortable(foldersIn(store, folderId)), files: await sortable(entriesIn(store, folderId)) };
}

async function namedIn(store: LibraryStore, { folderId }: Folder, name: string): Promise<InFolder> {
  const [file, folder] = await Promise.all([store.fileEntry(folderId, name), store.folderEntry(folderId, name)]);
  return { files: file ? [file] : [], folders: folder ? [folder] : [] };
}

/** Files are left alone where only folders are meant. */
async function gatherEverywhere(
  store: LibraryStore,
  caller: Caller,
  type: MeantAssets['type'],
): Promise<GatheredAssets | 'too-many'> {
  const files: { entry: FileEntry; folder: Folder }[] = [];
  const folders: Folder[] = [];
  const queue = await highestVisible(store, caller);
  for (let folder = queue.shift(); folder; folder = queue.shift()) {
    if (folder.folderId !== ROOT_FOLDER) folders.push(folder);
    for await (const entry of type === 'folder' ? [] : entriesIn(store, folder.folderId)) {
      files.push({ entry, folder });
      if (files.length + folders.length > LIMITS.listedAssets) return 'too-many';
    }
    for await (const entry of foldersIn(store, folder.folderId)) queue.push(folderBelow(folder, entry));
    if (folders.length + queue.length > LIMITS.listedAssets) return 'too-many';
  }
  return { files, folders };
}

/**
 * Every folder that a caller may see.
 * @throws Problem list.limit
 */
export async function gatherFolders(store: LibraryStore, caller: Caller): Promise<Folder[]> {
  const folders: Folder[] = [];
  const queue = await highestVisible(store, caller);
  for (let folder = queue.shift(); folder; folder = queue.shift()) {
    if (folder.folderId !== ROOT_FOLDER) folders.push(folder);
    for await (const entry of foldersIn(store, folder.folderId)) queue.push(folderBelow(folder, entry));
    if (folders.length + queue.length > LIMITS.listedAssets) throw tooManyFolders();
  }
  return folders;
}

/** The folders that a caller may see but nothing above them. */
async function highestVisible(store: LibraryStore, caller: Caller): Promise<Folder[]> {
  const scope = scopeOf(caller, 'files.read');
  if (scope === 'everywhere') return [rootFolder(await store.stamp())];
  const found = await Promise.all([...scope].map((folderId) => locateFolder(store, folderId)));
  const folders = found.filter((folder) => folder !== undefined);
  return folders.filter(({ chain }) => !chain.slice(0, -1).some((folderId) => scope.has(folderId)));
}

/** @throws Problem list.limit for more than are sorted in memory */
async function sortable<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) {
    all.push(value);
    if (all.length > LIMITS.searchedAssets) throw tooLargeToSort();
  }
  return all;
}

const tooLargeToSort = () =>
  problem(
    'list.limit',
    `The folder has more than ${LIMITS.searchedAssets} files or folders; so many are listed by name alone: sort=ASC_NAME or sort=DESC_NAME.`,
  );

const tooManyFolders = () =>
  problem(
    'list.limit',
    `The library has more than ${LIMITS.listedAssets} folders; list one folder of it with path, or all by name with type=folder and sort=ASC_NAME or sort=DESC_NAME.`,
  );
