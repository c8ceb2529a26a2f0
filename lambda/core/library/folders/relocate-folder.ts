import type { Caller } from '../../kernel/caller.ts';
import { newJob } from '../jobs/new-job.ts';
import type { ChangeDeps, Decision } from '../store/decide-and-commit.ts';
import type { LibraryJob } from '../store/library-job.ts';
import type { FolderNode } from '../store/records.ts';
import type { Folder } from '../tree/folder.ts';
import { pathIn } from '../tree/folder.ts';
import { requireFolderPath } from '../tree/read-folder-path.ts';
import { replaceFolder } from './folder-steps.ts';
import { requireFitBelow } from './require-fit-below.ts';

export interface FolderRelocation {
  readonly folder: Folder;
  readonly node: FolderNode;
  readonly destination: Folder;
  readonly name: string;
  readonly job: 'MOVE_FOLDER' | 'RENAME_FOLDER';
  /** The job is asked about as about a purge, too. @default not */
  readonly isPurge?: boolean;
}

/**
 * Gives a folder another parent or name, which is free.
 * @throws Problem folder.invalid for paths that would be too long
 */
export async function relocateFolder(
  deps: ChangeDeps,
  caller: Caller,
  { folder, node, destination, name, job: jobName, isPurge }: FolderRelocation,
  now: string,
): Promise<Decision<LibraryJob>> {
  const path = requireFolderPath(pathIn(destination, name), 'The path of the folder');
  await requireFitBelow(deps.store, folder, path);
  const next = { ...node, parentId: destination.folderId, name, revision: node.revision + 1, updatedAt: now };
  const job = newJob(deps, caller, {
    name: jobName,
    ...(isPurge && { isPurge }),
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
