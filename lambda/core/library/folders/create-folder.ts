import type { Caller } from '../../kernel/caller.ts';
import type { ChangeDeps } from '../store/decide-and-commit.ts';
import { ensureFolder } from '../tree/ensure-folder.ts';
import type { Folder } from '../tree/folder.ts';
import { pathIn } from '../tree/folder.ts';
import { requireFolderPath } from '../tree/read-folder-path.ts';

/** In canonical form. */
export interface CreateFolderInput {
  readonly parentPath: string;
  readonly name: string;
}

/**
 * Makes a folder and what is missing above it; one that is there already is what was asked for.
 * @throws Problem folder.invalid for a path that is too long, or permission.missing
 */
export async function createFolder(deps: ChangeDeps, caller: Caller, input: CreateFolderInput): Promise<Folder> {
  const path = pathIn({ path: input.parentPath }, input.name);
  return ensureFolder(deps, caller, 'folders.create', requireFolderPath(path, 'The path of the folder'));
}
