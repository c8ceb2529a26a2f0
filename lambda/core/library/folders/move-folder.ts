import { requirePermission } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import { newJob } from '../jobs/new-job.ts';
import type { ChangeDeps, Decision } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import type { LibraryJob } from '../store/library-job.ts';
import type { FolderNode } from '../store/records.ts';
import { ROOT_FOLDER } from '../store/records.ts';
import { ensureFolder } from '../tree/ensure-folder.ts';
import type { Folder } from '../tree/folder.ts';
import { pathIn } from '../tree/folder.ts';
import { folderByPath } from '../tree/folder-access.ts';
import { requireFolderPath } from '../tree/read-folder-path.ts';
import { replaceFolder } from './folder-steps.ts';
import { requireFitBelow } from './require-fit-below.ts';

/** Both in canonical form. */
export interface MoveFolderInput {
  readonly source: string;
  readonly destination: string;
}

/**
 * Moves a folder with everything in it into another one, which is made if it is missing. All of it is somewhere else at
 * once; the job only removes what was made under the old paths.
 * @throws Problem folder.missing, folder.is-root, folder.into-itself, folder.exists, file.same-place, permission.missing
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
    if (node.parentId === destination.folderId) {
      throw problem('file.same-place', 'The folder is in this folder already.');
    }
    return relocate(deps, caller, { folder, node, destination, name: node.name, job: 'MOVE_FOLDER' }, now);
  });
}

export interface RenameFolderInput {
  readonly folder: string;
  readonly newName: string;
}

/** Gives a folder another name, for who may move folders in the one above. @throws as moveFolder, and file.same-name */
export async function renameFolder(deps: ChangeDeps, caller: Caller, input: RenameFolderInput): Promise<LibraryJob> {
  refuseRoot(input.folder);
  return decideAndCommit(deps, caller, async (now) => {
    const folder = await folderByPath(deps.store, caller, 'folders.move', input.folder);
    const node = await requireNode(deps, folder);
    if (node.name === input.newName) throw problem('file.same-name', 'The folder has this name already.');
    const destination = parentOf(folder);
    // Else a key that is bound to the folder would learn by trying which names there are beside it.
    requirePermission(caller, 'folders.move', destination.chain);
    return relocate(deps, caller, { folder, node, destination, name: input.newName, job: 'RENAME_FOLDER' }, now);
  });
}

interface Relocation {
  readonly folder: Folder;
  readonly node: FolderNode;
  readonly destination: Folder;
  readonly name: string;
  readonly job: 'MOVE_FOLDER' | 'RENAME_FOLDER';
}

async function relocate(
  deps: ChangeDeps,
  caller: Caller,
  { folder, node, destination, name, job: jobName }: Relocation,
  now: string,
): Promise<Decision<LibraryJob>> {
  const path = requireFolderPath(pathIn(destination, name), 'The path of the folder');
  if (await deps.store.folderEntry(destination.folderId, name)) {
    throw problem('folder.exists', `"${path}" exists already.`);
  }
  await requireFitBelow(deps.store, folder, path);
  const next = { ...node, parentId: destination.folderId, name, revision: node.revision + 1, updatedAt: now };
  const job = newJob(deps, caller, {
    name: jobName,
    task: { type: 'clean-variants', folderId: folder.folderId, oldPath: folder.path },
    folderIds: [...destination.chain, folder.folderId],
    now,
  });
  return {
    steps: [...replaceFolder(node, next, Math.min(folder.stamp, destination.stamp)), { create: 'job', record: job }],
    action: 'folder.moved',
    object: { kind: 'folder', id: folder.folderId },
    before: { path: folder.path },
    after: { path },
    result: job,
  };
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

export function refuseRoot(path: string): void {
  if (path === '/') throw problem('folder.is-root', 'The root folder stays as and where it is.');
}

/** Before anything is made at the destination. */
export function refuseInto(source: string, destination: string): void {
  if (`${destination}/`.startsWith(`${source}/`)) throw intoItself();
}

const intoItself = () => problem('folder.into-itself', 'A folder cannot be put into itself or a folder below it.');
