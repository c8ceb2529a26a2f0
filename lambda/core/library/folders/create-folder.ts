import type { Caller } from '../../kernel/caller.ts';
import type { ChangeDeps } from '../store/decide-and-commit.ts';
import { ensureFolder } from '../tree/ensure-folder.ts';
import type { Folder } from '../tree/folder.ts';
import { pathIn } from '../tree/folder.ts';

/** In canonical form. */
export interface CreateFolderInput {
  readonly parentPath: string;
  readonly name: string;
}

/** Makes a folder and what is missing above it; one that is there already is what was asked for. */
export async function createFolder(deps: ChangeDeps, caller: Caller, input: CreateFolderInput): Promise<Folder> {
  return ensureFolder(deps, caller, 'folders.create', pathIn({ path: input.parentPath }, input.name));
}
