import type { Caller } from '../../kernel/caller.ts';
import type { GatheredAssets } from '../files/gather-assets.ts';
import { gatherAssets } from '../files/gather-assets.ts';
import type { ListCursor } from '../files/list-cursor.ts';
import type { ListOrder, Sortable } from '../files/list-order.ts';
import { compareSortables, isAfter, placeOf } from '../files/list-order.ts';
import type { ListedAsset, ListedAssets } from '../files/listed-asset.ts';
import type { LibraryStore } from '../store/library-store.ts';
import type { FileEntry, FolderNode } from '../store/records.ts';
import { findFolder } from '../tree/find-folder.ts';
import type { Folder } from '../tree/folder.ts';
import { pathIn } from '../tree/folder.ts';
import { isOneOf } from './is-one-of.ts';
import { listFolderByName } from './list-folder-by-name.ts';
import { listFoldersByName } from './list-folders-by-name.ts';
import type { SearchQuery } from './query.ts';
import type { SearchAssetsDeps } from './search-assets.ts';
import { searchAssets } from './search-assets.ts';

export interface ListAssetsInput {
  /** Folder, in canonical form @default the whole library */
  readonly path?: string | undefined;
  readonly type: 'file' | 'folder' | 'all';
  readonly order: ListOrder;
  readonly limit: number;
  readonly skip: number;
  readonly fileType?: FileEntry['fileType'] | undefined;
  readonly name?: string | undefined;
  /** Where the part before ended; `skip` is then 0. Not for the type `all`. */
  readonly after?: ListCursor | undefined;
}

/** A file or folder with what it is sorted by. */
type Row = Sortable & ({ readonly kind: 'file'; readonly folder: Folder } | FolderRow);
interface FolderRow {
  readonly kind: 'folder';
  readonly node: FolderNode;
  readonly path: string;
}

/**
 * Files and folders, in an order that no two of them share, folders first. A cursor is a place in the order, not a count:
 * what comes or goes meanwhile shifts nothing. What the caller may not see is in no list.
 * @throws Problem list.limit or search.limit
 */
export async function listAssets(
  deps: SearchAssetsDeps,
  caller: Caller,
  input: ListAssetsInput,
): Promise<ListedAssets> {
  const { store } = deps;
  const { order, after } = input;
  if (input.path !== undefined && order.by === 'name' && input.name === undefined) {
    return listByName(store, caller, input.path, input);
  }
  const found = await gatherAssets(store, caller, input);
  if (found === 'too-many' && input.type === 'folder' && order.by === 'name' && input.name === undefined) {
    return listAllFolders(deps, caller, input);
  }
  if (found === 'too-many') return searchAssets(deps, caller, { ...input, query: queryOf(input) });
  const rows = await sortedRows(store, found, input);
  const rest = rows.filter((row) => !after || isAfter(order, row, after)).slice(input.skip);
  const chosen = rest.slice(0, input.limit);
  const assets = await withDetails(store, chosen);
  const last = chosen.at(-1);
  const isMore = input.type !== 'all' && last && rest.length > chosen.length;
  return { assets, ...(isMore && { next: placeOf(order, last) }) };
}

/** Of one folder, in the order of its records. */
async function listByName(
  store: LibraryStore,
  caller: Caller,
  path: string,
  input: ListAssetsInput,
): Promise<ListedAssets> {
  const folder = await findFolder(store, path);
  if (!folder) return { assets: [] };
  const { chosen, isMore } = await listFolderByName(store, caller, folder, input);
  const files = chosen.flatMap((one) => ('entry' in one ? [{ entry: one.entry, folder }] : []));
  const folders = chosen.flatMap((one) => ('below' in one ? [one.below] : []));
  const rows = [...(await folderRows(store, { folders })), ...fileRows({ files }, input)];
  const last = rows.at(-1);
  const assets = await withDetails(store, rows);
  return { assets, ...(isMore && last && input.type !== 'all' && { next: placeOf(input.order, last) }) };
}

/** Of the whole library, where those are more than are sorted in memory. */
async function listAllFolders(deps: SearchAssetsDeps, caller: Caller, input: ListAssetsInput): Promise<ListedAssets> {
  const { chosen, isMore } = await listFoldersByName(deps, caller, input);
  const assets = chosen.map((folder): ListedAsset => ({ kind: 'folder', ...folder }));
  const last = chosen.at(-1)?.node;
  return { assets, ...(isMore && last && { next: placeOf(input.order, { ...last, id: last.folderId }) }) };
}

/** The same list as a search, for a library that is too large to be read folder by folder. */
function queryOf({ type, name }: ListAssetsInput): SearchQuery {
  const types = type === 'all' ? ['file', 'folder'] : [type];
  const isOfType = isOneOf('type', types);
  return name === undefined ? isOfType : { kind: 'and', parts: [isOfType, isOneOf('name', [name])] };
}

async function sortedRows(store: LibraryStore, found: GatheredAssets, input: ListAssetsInput): Promise<Row[]> {
  const compare = compareSortables(input.order);
  const folders = input.type === 'file' ? [] : await folderRows(store, found);
  const files = input.type === 'folder' ? [] : fileRows(found, input);
  return [...folders.sort(compare), ...files.sort(compare)].filter(
    ({ name }) => input.name === undefined || name === input.name,
  );
}

const fileRows = ({ files }: Pick<GatheredAssets, 'files'>, { fileType }: ListAssetsInput): Row[] =>
  files
    .filter(({ entry }) => fileType === undefined || entry.fileType === fileType)
    .map(({ entry, folder }) => ({ ...entry, id: entry.assetId, kind: 'file', folder }));

async function folderRows(store: LibraryStore, { folders }: Pick<GatheredAssets, 'folders'>): Promise<Row[]> {
  const nodes = new Map((await store.folderNodes(folders.map(({ folderId }) => folderId))).map((n) => [n.folderId, n]));
  return folders.flatMap(({ folderId, path }): Row[] => {
    const node = nodes.get(folderId);
    if (!node) return [];
    const { name, createdAt, updatedAt } = node;
    return [{ id: folderId, name, createdAt, updatedAt, kind: 'folder', node, path }];
  });
}

async function withDetails(store: LibraryStore, rows: readonly Row[]): Promise<ListedAsset[]> {
  const ids = rows.flatMap((row) => (row.kind === 'file' ? [row.id] : []));
  const heads = new Map((await store.heads(ids)).map((head) => [head.assetId, head]));
  return rows.flatMap((row): ListedAsset[] => {
    if (row.kind === 'folder') return [row];
    const { folder } = row;
    const head = heads.get(row.id);
    // Moved or trashed since the folder was read.
    if (head?.state !== 'live' || head.folderId !== folder.folderId) return [];
    return [{ kind: 'file', file: { head, folder, path: pathIn(folder, head.name) } }];
  });
}
