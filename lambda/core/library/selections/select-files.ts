import { LIMITS } from '../../../contract/limits.ts';
import type { Caller } from '../../kernel/caller.ts';
import { requireVisible } from '../files/change-files.ts';
import type { SearchQuery } from '../search/query.ts';
import type { SearchAssetsDeps } from '../search/search-assets.ts';
import { searchAssets } from '../search/search-assets.ts';
import { folderByPath } from '../tree/folder-access.ts';
import { filesBelow } from '../tree/walk-folder.ts';
import { tooManyFiles } from './begin-zip.ts';

/** Which files are meant: some by their ids, all of a folder and below, or what a search means. */
export type Selection =
  | { readonly fileIds: readonly string[] }
  /** In canonical form. */
  | { readonly folder: string }
  | { readonly query: SearchQuery };

export interface SelectedFile {
  readonly fileId: string;
  /** Bytes of the original. */
  readonly size: number;
}

/**
 * The files of a selection that the caller may see.
 * @throws Problem selection.limit for too many, FilesMissing, folder.missing, search.limit or list.limit
 */
export async function selectFiles(
  deps: SearchAssetsDeps,
  caller: Caller,
  selection: Selection,
): Promise<readonly SelectedFile[]> {
  if ('fileIds' in selection) {
    const files = await requireVisible(deps.store, caller, [...new Set(selection.fileIds)]);
    return files.map(({ head }) => ({ fileId: head.assetId, size: head.size }));
  }
  return 'folder' in selection ? inFolder(deps, caller, selection.folder) : bySearch(deps, caller, selection.query);
}

async function inFolder({ store }: SearchAssetsDeps, caller: Caller, path: string): Promise<SelectedFile[]> {
  const folder = await folderByPath(store, caller, 'files.read', path);
  const files: SelectedFile[] = [];
  for await (const { entry } of filesBelow(store, folder.folderId, path)) {
    files.push({ fileId: entry.assetId, size: entry.size });
    if (files.length > LIMITS.zipFiles) throw tooManyFiles();
  }
  return files;
}

async function bySearch(deps: SearchAssetsDeps, caller: Caller, query: SearchQuery): Promise<SelectedFile[]> {
  const order = { by: 'name', descending: false } as const;
  const { assets, next } = await searchAssets(deps, caller, { query, order, limit: LIMITS.zipFiles, skip: 0 });
  if (next) throw tooManyFiles();
  return assets.flatMap((asset) =>
    asset.kind === 'file' ? [{ fileId: asset.file.head.assetId, size: asset.file.head.size }] : [],
  );
}
