import type * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import { problem } from '../core/kernel/problems.ts';
import type { Selection } from '../core/library/selections/select-files.ts';
import { readFolderPath } from '../core/library/tree/read-folder-path.ts';
import { readSearchQuery } from './asset-search.ts';
import type { ApiDeps } from './deps.ts';
import { fileIds, libraryPath, searchQueryText } from './schemas/asset.ts';

/** Which files a call is about: exactly one of the three. */
export const selected = () => ({
  fileIds: fileIds(LIMITS.zipFiles).optional(),
  folderPath: libraryPath().optional(),
  searchQuery: searchQueryText().optional(),
});

type Selected = { readonly [Name in keyof ReturnType<typeof selected>]?: z.infer<ReturnType<typeof selected>[Name]> };

/** @throws Problem input.invalid for none or several, and what a query or a path can be refused for */
export async function readSelection(
  { search }: Pick<ApiDeps, 'search'>,
  { fileIds: ids, folderPath, searchQuery }: Selected,
): Promise<Selection> {
  const given = [ids, folderPath, searchQuery].filter((one) => one !== undefined);
  if (given.length !== 1) {
    throw problem('input.invalid', 'The body must have exactly one of fileIds, folderPath and searchQuery.');
  }
  if (ids) return { fileIds: ids };
  if (folderPath !== undefined) return { folder: readFolderPath(folderPath) };
  return { query: await readSearchQuery(search, searchQuery ?? '') };
}

/** What a selection can be refused for. */
export const SELECTION_PROBLEMS = [
  'file.missing',
  'folder.missing',
  'folder.invalid',
  'selection.limit',
  'search.invalid',
  'search.limit',
  'list.limit',
] as const;
