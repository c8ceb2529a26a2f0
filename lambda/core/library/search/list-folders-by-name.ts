import { LIMITS } from '../../../contract/limits.ts';
import { isVisible } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import type { ListCursor } from '../files/list-cursor.ts';
import type { ListOrder } from '../files/list-order.ts';
import type { LibraryStore } from '../store/library-store.ts';
import type { FolderNode } from '../store/records.ts';
import type { FolderLocator } from '../tree/folder-locator.ts';
import { folderLocator } from '../tree/folder-locator.ts';
import type { FolderName, SearchIndex } from './search-index.ts';

export interface FoldersPart {
  readonly order: Pick<ListOrder, 'descending'>;
  readonly limit: number;
  readonly skip: number;
  /** Where the part before ended. */
  readonly after?: ListCursor | undefined;
}

export interface NamedFolder {
  readonly node: FolderNode;
  readonly path: string;
}

interface Reads {
  readonly store: Pick<LibraryStore, 'stamp' | 'folderNodes'>;
  readonly index: Pick<SearchIndex, 'folderNames'>;
}

/** Folders that one request reads. */
const BATCH = 100;

/** Folders that are read on the way to those that are shown: what may be skipped, and as many that a caller may not see. */
const MOST_READ = 2 * LIMITS.skippedAssets;

/**
 * A part of all folders of the library that a caller may see, by name, however many there are. One that was made, or got another
 * name, a moment ago may be missing: the index of names follows the table.
 * @throws Problem list.limit when the caller may see too few of those on the way
 */
export async function listFoldersByName(
  { store, index }: Reads,
  caller: Caller,
  { order, limit, skip, after }: FoldersPart,
): Promise<{ readonly chosen: readonly NamedFolder[]; readonly isMore: boolean }> {
  const locator = folderLocator(store, await store.stamp());
  const place = after && { name: String(after.value), folderId: after.assetId };
  const chosen: NamedFolder[] = [];
  let left = skip;
  let read = 0;
  for await (const names of batchesOf(index.folderNames({ after: place, descending: order.descending }))) {
    for (const folder of await seen(store, locator, caller, names)) {
      if (left-- <= 0) chosen.push(folder);
      if (chosen.length > limit) return { chosen: chosen.slice(0, limit), isMore: true };
    }
    read += names.length;
    if (read > MOST_READ) throw tooManyUnseen();
  }
  return { chosen, isMore: false };
}

/** Those that are where the index has them, and that the caller may see. */
async function seen(
  store: Reads['store'],
  locator: FolderLocator,
  caller: Caller,
  names: readonly FolderName[],
): Promise<NamedFolder[]> {
  const ids = names.map(({ folderId }) => folderId);
  const folders = await locator.locate(ids);
  const nodes = new Map((await store.folderNodes(ids)).map((node) => [node.folderId, node]));
  return names.flatMap(({ name, folderId }) => {
    const [folder, node] = [folders.get(folderId), nodes.get(folderId)];
    if (!folder || node?.name !== name || !isVisible(caller, folder.chain)) return [];
    return [{ node, path: folder.path }];
  });
}

async function* batchesOf<T>(values: AsyncIterable<T>): AsyncGenerator<readonly T[]> {
  let batch: T[] = [];
  for await (const value of values) {
    batch.push(value);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

const tooManyUnseen = () =>
  problem(
    'list.limit',
    `More than ${MOST_READ} folders would be read until enough are found; list one folder with path.`,
  );
