import type { Permission } from '../../accounts/permissions.ts';
import { isVisible, requirePermission } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Problem } from '../../kernel/problems.ts';
import { problem } from '../../kernel/problems.ts';
import type { LibraryStore } from '../store/library-store.ts';
import type { FileHead } from '../store/records.ts';
import { findFolder, locateFolder } from '../tree/find-folder.ts';
import type { Folder } from '../tree/folder.ts';
import { pathIn } from '../tree/folder.ts';

/** A live file and where it is. */
export interface LibraryFile {
  readonly head: FileHead;
  readonly folder: Folder;
  readonly path: string;
}

/** A live file by its id. */
export async function findFile(
  store: Pick<LibraryStore, 'head' | 'stamp' | 'folderNode'>,
  assetId: string,
): Promise<LibraryFile | undefined> {
  const head = await store.head(assetId);
  const folder = head?.state === 'live' ? await locateFolder(store, head.folderId) : undefined;
  return head && folder && { head, folder, path: pathIn(folder, head.name) };
}

/**
 * A file that a caller may see and do something with.
 * @throws Problem file.missing for one that they may not see, permission.missing for what they may not do with it
 */
export async function fileById(
  store: LibraryStore,
  caller: Caller,
  permission: Permission,
  assetId: string,
): Promise<LibraryFile> {
  const file = await findFile(store, assetId);
  if (!file || !isVisible(caller, file.folder.chain)) throw missingFile();
  requirePermission(caller, permission, file.folder.chain);
  return file;
}

/** The same by the file's folder and name, both in canonical form. */
export async function fileByPath(
  store: LibraryStore,
  caller: Caller,
  permission: Permission,
  { folderPath, name }: { readonly folderPath: string; readonly name: string },
): Promise<LibraryFile> {
  const folder = await findFolder(store, folderPath);
  if (!folder || !isVisible(caller, folder.chain)) throw missingFile();
  const entry = await store.fileEntry(folder.folderId, name);
  const head = entry && (await store.head(entry.assetId));
  // Read after its entry: one that was given another place in between is not what the caller asked for.
  if (!head || !isAt(head, folder, name)) throw missingFile();
  requirePermission(caller, permission, folder.chain);
  return { head, folder, path: pathIn(folder, name) };
}

/** Whether a file is live in this folder under this name. */
export const isAt = (head: FileHead, { folderId }: Pick<Folder, 'folderId'>, name: string): boolean =>
  head.state === 'live' && head.folderId === folderId && head.name === name;

export const missingFile = (): Problem => problem('file.missing', 'There is no such file.');
