import type { LibraryStore, Page, PageRequest } from '../store/library-store.ts';
import { findFolder } from '../tree/find-folder.ts';
import { pathIn } from '../tree/folder.ts';

/** What a folder holds itself, without the folders below. */
export interface FolderContent {
  readonly files: readonly { readonly path: string; readonly tags: readonly string[] }[];
  /** Paths. */
  readonly folders: readonly string[];
}

/** Where files are, for purges that mean many of them. */
export interface LibraryFolders {
  list(folder: string): Promise<FolderContent>;
  /** @returns undefined when there is no such file */
  pathOf(fileId: string): Promise<string | undefined>;
}

const PAGE = 1000;

/** Nothing for a folder that is not there. */
export async function folderContent(store: LibraryStore, path: string): Promise<FolderContent> {
  const folder = await findFolder(store, path);
  if (!folder) return { files: [], folders: [] };
  const [entries, folders] = await Promise.all([
    allOf((page) => store.files(folder.folderId, page)),
    allOf((page) => store.folders(folder.folderId, page)),
  ]);
  const heads = await store.heads(entries.map(({ assetId }) => assetId));
  return {
    files: heads.map(({ name, tags = [] }) => ({ path: pathIn(folder, name), tags })),
    folders: folders.map(({ name }) => pathIn(folder, name)),
  };
}

async function allOf<R>(read: (page: PageRequest) => Promise<Page<R>>): Promise<R[]> {
  const records: R[] = [];
  let from: string | undefined;
  do {
    const page = await read({ limit: PAGE, ...(from !== undefined && { from }) });
    records.push(...page.records);
    from = page.next;
  } while (from !== undefined);
  return records;
}
