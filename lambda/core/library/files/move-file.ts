import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import type { ChangeDeps, Decision, NoChange } from '../store/decide-and-commit.ts';
import { decideAndCommit, READ_AGAIN } from '../store/decide-and-commit.ts';
import { ensureFolder } from '../tree/ensure-folder.ts';
import { pathIn } from '../tree/folder.ts';
import type { LibraryFile } from './library-file.ts';
import { fileById, fileByPath } from './library-file.ts';
import type { FilePath } from './read-path.ts';
import { headAt, mergeOnto, relocate } from './relocate-file.ts';

/** Both in canonical form. */
export interface MoveFileInput {
  readonly source: FilePath;
  readonly destination: string;
}

/**
 * Moves a file into a folder, which is made if it is missing; onto a file of the same name as one more of its versions.
 * @throws Problem file.missing, file.same-place, file.version-limit or permission.missing
 */
export async function moveFile(deps: ChangeDeps, caller: Caller, input: MoveFileInput): Promise<LibraryFile> {
  await fileByPath(deps.store, caller, 'files.move', input.source);
  await ensureFolder(deps, caller, 'files.move', input.destination);
  return decideAndCommit(deps, caller, async (now) => {
    const folder = await ensureFolder(deps, caller, 'files.move', input.destination);
    const file = await fileByPath(deps.store, caller, 'files.move', input.source);
    if (file.folder.stamp !== folder.stamp) return READ_AGAIN;
    const { name } = file.head;
    if (folder.folderId === file.folder.folderId) {
      throw problem('file.same-place', 'The file is in this folder already.');
    }
    const target = await headAt(deps, folder, name);
    if (!target) return relocate(file, caller, { folder, name }, now);
    return mergeOnto(file, { head: target, folder, path: pathIn(folder, name) }, caller, now);
  });
}

export interface MoveFileByIdInput {
  readonly fileId: string;
  /** In canonical form. */
  readonly destination: string;
}

/**
 * Moves a file into a folder in which its name is free. One that is there already stays.
 * @throws Problem file.missing, file.exists or permission.missing
 */
export async function moveFileById(
  deps: ChangeDeps,
  caller: Caller,
  { fileId, destination }: MoveFileByIdInput,
): Promise<LibraryFile> {
  return decideAndCommit(deps, caller, async (now): Promise<Moving> => {
    const folder = await ensureFolder(deps, caller, 'files.move', destination);
    const file = await fileById(deps.store, caller, 'files.move', fileId);
    if (file.folder.stamp !== folder.stamp) return READ_AGAIN;
    if (file.folder.folderId === folder.folderId) return { unchanged: file };
    const { name } = file.head;
    if (await deps.store.fileEntry(folder.folderId, name)) {
      throw problem('file.exists', `"${pathIn(folder, name)}" exists already.`);
    }
    return relocate(file, caller, { folder, name }, now);
  });
}

type Moving = Decision<LibraryFile> | NoChange<LibraryFile> | typeof READ_AGAIN;

export interface RenameFileInput {
  readonly source: FilePath;
  readonly newName: string;
}

/** Gives a file another name. @throws Problem file.missing, file.exists, file.same-name or permission.missing */
export async function renameFile(deps: ChangeDeps, caller: Caller, input: RenameFileInput): Promise<LibraryFile> {
  return decideAndCommit(deps, caller, async (now) => {
    const file = await fileByPath(deps.store, caller, 'files.move', input.source);
    if (file.head.name === input.newName) throw problem('file.same-name', 'The file has this name already.');
    if (await deps.store.fileEntry(file.folder.folderId, input.newName)) {
      throw problem('file.exists', `"${pathIn(file.folder, input.newName)}" exists already.`);
    }
    return relocate(file, caller, { folder: file.folder, name: input.newName }, now);
  });
}
