import { isVisible } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { LibraryStore } from '../store/library-store.ts';
import type { FileEntry } from '../store/records.ts';
import { findFolder } from '../tree/find-folder.ts';
import { pathIn } from '../tree/folder.ts';
import type { LibraryFile } from './library-file.ts';
import type { ListCursor } from './list-cursor.ts';
import type { ListOrder } from './list-order.ts';
import { compareEntries, isAfter, sortValue } from './list-order.ts';

export interface ListFolderInput {
  /** Folder, in canonical form. */
  readonly path: string;
  readonly order: ListOrder;
  readonly limit: number;
  readonly skip: number;
  readonly fileType?: FileEntry['fileType'] | undefined;
  /** Where the part before ended; `skip` is then 0. */
  readonly after?: ListCursor | undefined;
}

export interface ListedFiles {
  readonly files: readonly LibraryFile[];
  /** Undefined at the end. */
  readonly next?: ListCursor;
}

/** Entries that are read in one request. */
const PAGE = 1000;

/**
 * The files of one folder, in an order that no two of them share. It is read from the folder itself, so a file that was
 * just uploaded is in it. A cursor is a place in the order, not a count: files that come or go meanwhile shift nothing.
 * A folder that the caller may not see has no files.
 */
export async function listFolder(
  { store }: { readonly store: LibraryStore },
  caller: Caller,
  input: ListFolderInput,
): Promise<ListedFiles> {
  const folder = await findFolder(store, input.path);
  if (!folder || !isVisible(caller, folder.chain)) return { files: [] };
  const sorted = (await entriesOf(store, folder.folderId))
    .filter(({ fileType }) => input.fileType === undefined || fileType === input.fileType)
    .sort(compareEntries(input.order));
  const rest = sorted.filter((entry) => !input.after || isAfter(input.order, entry, input.after)).slice(input.skip);
  const chosen = rest.slice(0, input.limit);
  const heads = new Map((await store.heads(chosen.map(({ assetId }) => assetId))).map((head) => [head.assetId, head]));
  const files = chosen.flatMap(({ assetId }) => {
    const head = heads.get(assetId);
    // Moved or trashed since the folder was read.
    if (head?.state !== 'live' || head.folderId !== folder.folderId) return [];
    return [{ head, folder, path: pathIn(folder, head.name) }];
  });
  const last = chosen.at(-1);
  return { files, ...(last && rest.length > chosen.length && { next: toCursor(input.order, last) }) };
}

const toCursor = (order: ListOrder, entry: FileEntry): ListCursor => ({
  value: sortValue(order, entry),
  assetId: entry.assetId,
});

async function entriesOf(store: LibraryStore, folderId: string): Promise<FileEntry[]> {
  const entries: FileEntry[] = [];
  let from: string | undefined;
  do {
    const page = await store.files(folderId, { limit: PAGE, ...(from !== undefined && { from }) });
    entries.push(...page.records);
    from = page.next;
  } while (from !== undefined);
  return entries;
}
