import { requirePermission } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import type { ChangeDeps } from '../store/decide-and-commit.ts';
import { decideAndCommit, READ_AGAIN } from '../store/decide-and-commit.ts';
import type { LibraryJob } from '../store/library-job.ts';
import type { FolderNode } from '../store/records.ts';
import { ROOT_FOLDER } from '../store/records.ts';
import { ensureFolder } from '../tree/ensure-folder.ts';
import type { Folder } from '../tree/folder.ts';
import { folderBelow, pathIn } from '../tree/folder.ts';
import { folderByPath } from '../tree/folder-access.ts';
import { mergeInto } from './merge-into.ts';
import { relocateFolder } from './relocate-folder.ts';

/** Both in canonical form. */
export interface MoveFolderInput {
  readonly source: string;
  readonly destination: string;
}

/**
 * Moves a folder with everything in it into another one, which is made if it is missing. All of it is somewhere else at
 * once; the job only removes what was made under the old paths. Onto a folder of the same name it goes file by file with the
 * job, files onto files as more of their versions.
 * @throws Problem folder.missing, folder.is-root, folder.into-itself, folder.exists for the folder that it lies in,
 *   file.same-place, permission.missing
 */
export async function moveFolder(deps: ChangeDeps, caller: Caller, input: MoveFolderInput): Promise<LibraryJob> {
  refuseRoot(input.source);
  await folderByPath(deps.store, caller, 'folders.move', input.source);
  refuseInto(input.source, input.destination);
  return decideAndCommit(deps, caller, async (now) => {
    const destination = await ensureFolder(deps, caller, 'folders.move', input.destination);
    const folder = await folderByPath(deps.store, caller, 'folders.move', input.source);
    if (destination.chain.includes(folder.folderId)) throw intoItself();
    const node = await requireNode(deps, folder);
    // It would go into a folder that has its new name.
    if (isElsewhere(folder, node)) return READ_AGAIN;
    if (node.parentId === destination.folderId) {
      throw problem('file.same-place', 'The folder is in this folder already.');
    }
    const taken = await deps.store.folderEntry(destination.folderId, node.name);
    // Moved there by somebody else since it was found.
    if (taken?.folderId === folder.folderId) return READ_AGAIN;
    if (taken) return mergeInto(deps, caller, { folder, node, target: folderBelow(destination, taken) }, now);
    return relocateFolder(deps, caller, { folder, node, destination, name: node.name, job: 'MOVE_FOLDER' }, now);
  });
}

export interface RenameFolderInput {
  readonly folder: string;
  readonly newName: string;
  /** What is removed of the old paths is asked about as a purge, by the id of the job. @default only as a job */
  readonly isPurge?: boolean;
}

/**
 * Gives a folder another name that is free, for who may move folders in the one above.
 * @throws as moveFolder, and file.same-name
 */
export async function renameFolder(deps: ChangeDeps, caller: Caller, input: RenameFolderInput): Promise<LibraryJob> {
  refuseRoot(input.folder);
  return decideAndCommit(deps, caller, async (now) => {
    const folder = await folderByPath(deps.store, caller, 'folders.move', input.folder);
    const node = await requireNode(deps, folder);
    // Who gave it this name meanwhile was first: there is no folder any more where this caller looked.
    if (isElsewhere(folder, node)) return READ_AGAIN;
    if (node.name === input.newName) throw problem('file.same-name', 'The folder has this name already.');
    const destination = parentOf(folder);
    // Else a key that is bound to the folder would learn by trying which names there are beside it.
    requirePermission(caller, 'folders.move', destination.chain);
    const { newName: name, isPurge = false } = input;
    if (await deps.store.folderEntry(destination.folderId, name)) {
      throw problem('folder.exists', `"${pathIn(destination, name)}" exists already.`);
    }
    return relocateFolder(deps, caller, { folder, node, destination, name, job: 'RENAME_FOLDER', isPurge }, now);
  });
}

/** The folder above, found with the folder itself. */
function parentOf(folder: Folder): Folder {
  const chain = folder.chain.slice(0, -1);
  const path = folder.path.slice(0, folder.path.lastIndexOf('/')) || '/';
  return { ...folder, folderId: chain.at(-1) ?? ROOT_FOLDER, path, chain };
}

/** The node of a folder that was just found. It is of the same moment, or the tree's stamp refuses the change. */
export async function requireNode(
  { store }: Pick<ChangeDeps, 'store'>,
  { folderId, path }: Folder,
): Promise<FolderNode> {
  const node = await store.folderNode(folderId);
  if (!node) throw problem('folder.missing', `There is no folder "${path}".`);
  return node;
}

/** Whether a folder was renamed or moved after it was found, and before its node was read. */
export function isElsewhere(folder: Folder, node: FolderNode): boolean {
  const above = parentOf(folder);
  return pathIn(above, node.name) !== folder.path || node.parentId !== above.folderId;
}

export function refuseRoot(path: string): void {
  if (path === '/') throw problem('folder.is-root', 'The root folder stays as and where it is.');
}

/** Before anything is made at the destination. */
export function refuseInto(source: string, destination: string): void {
  if (`${destination}/`.startsWith(`${source}/`)) throw intoItself();
}

const intoItself = () => problem('folder.into-itself', 'A folder cannot be put into itself or a folder below it.');
