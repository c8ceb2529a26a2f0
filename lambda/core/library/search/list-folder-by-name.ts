import { LIMITS } from '../../../contract/limits.ts';
import { isVisible } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import type { ListCursor } from '../files/list-cursor.ts';
import type { ListOrder } from '../files/list-order.ts';
import type { LibraryStore, Page, PageRequest } from '../store/library-store.ts';
import type { FileEntry } from '../store/records.ts';
import type { Folder } from '../tree/folder.ts';
import { folderBelow } from '../tree/folder.ts';

/** Which part of a folder is listed. */
export interface FolderPart {
  readonly type: 'file' | 'folder' | 'all';
  readonly order: ListOrder;
  readonly limit: number;
  readonly skip: number;
  readonly fileType?: FileEntry['fileType'] | undefined;
  /** Where the part before ended. */
  readonly after?: ListCursor | undefined;
}

/** What lies in a folder, by its name: a file, or a folder below. */
export type NamedInFolder = { readonly entry: FileEntry } | { readonly below: Folder };

/** Names that one request reads, at most. */
const PAGE = 1000;

/**
 * A part of a folder in the order of names, which is the order of its records. However large the folder is, no more of it is read
 * than is skipped and shown, and one more. Folders come first.
 * @throws Problem list.limit when a filter leaves out too many on the way
 */
export async function listFolderByName(
  store: LibraryStore,
  caller: Caller,
  folder: Folder,
  { type, order, fileType, after, skip, limit }: FolderPart,
): Promise<{ readonly chosen: readonly NamedInFolder[]; readonly isMore: boolean }> {
  const atOnce = fileType === undefined ? Math.min(PAGE, skip + limit + 1) : PAGE;
  const reading = { order, after, atOnce };
  const chosen: NamedInFolder[] = [];
  let left = skip;
  const isEnough = (one: NamedInFolder): boolean => {
    if (left-- > 0) return false;
    chosen.push(one);
    return chosen.length > limit;
  };
  const end = () => ({ chosen: chosen.slice(0, limit), isMore: chosen.length > limit });
  if (type !== 'file') {
    for await (const entry of named((page) => store.folders(folder.folderId, page), reading)) {
      const below = folderBelow(folder, entry);
      if (isVisible(caller, below.chain) && isEnough({ below })) return end();
    }
  }
  if (type === 'folder' || !isVisible(caller, folder.chain)) return end();
  for await (const entry of named((page) => store.files(folder.folderId, page), reading)) {
    const isMeant = fileType === undefined || entry.fileType === fileType;
    if (isMeant && isEnough({ entry })) return end();
  }
  return end();
}

interface Reading {
  readonly order: ListOrder;
  readonly after: ListCursor | undefined;
  readonly atOnce: number;
}

async function* named<R>(
  read: (page: PageRequest) => Promise<Page<R>>,
  { order: { descending }, after, atOnce }: Reading,
): AsyncGenerator<R> {
  let from = after && String(after.value);
  for (let count = 0; count < MOST_READ; count += atOnce) {
    const page = await read({ limit: atOnce, descending, ...(from !== undefined && { from }) });
    yield* page.records;
    from = page.next;
    if (from === undefined) return;
  }
  throw problem(
    'list.limit',
    `More than ${MOST_READ} names would be read until enough are found that are meant; search with a tag or a word of the name.`,
  );
}

/** What may be skipped, and what a filter may leave out. */
const MOST_READ = LIMITS.skippedAssets + LIMITS.searchedAssets;
