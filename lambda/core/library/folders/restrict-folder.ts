import type { Caller } from '../../kernel/caller.ts';
import { newJob } from '../jobs/new-job.ts';
import type { ChangeDeps } from '../store/decide-and-commit.ts';
import { decideAndCommit, READ_AGAIN } from '../store/decide-and-commit.ts';
import type { LibraryJob } from '../store/library-job.ts';
import { folderByPath } from '../tree/folder-access.ts';
import { replaceFolder } from './folder-steps.ts';
import { isElsewhere, refuseRoot, requireNode } from './move-folder.ts';

export interface RestrictFolderInput {
  readonly folder: string;
  readonly isPrivate: boolean;
}

/**
 * Makes a folder private with everything below it, or no longer. It holds at once; the job removes what was made while it
 * was public.
 * @returns undefined when nothing changes
 * @throws Problem folder.missing, folder.is-root or permission.missing
 */
export async function restrictFolder(
  deps: ChangeDeps,
  caller: Caller,
  { folder: path, isPrivate }: RestrictFolderInput,
): Promise<LibraryJob | undefined> {
  refuseRoot(path);
  return decideAndCommit<LibraryJob | undefined>(deps, caller, async (now) => {
    const folder = await folderByPath(deps.store, caller, 'folders.restrict', path);
    const node = await requireNode(deps, folder);
    if (isElsewhere(folder, node)) return READ_AGAIN;
    if (node.isPrivate === isPrivate) return { unchanged: undefined };
    const next = { ...node, isPrivate, revision: node.revision + 1, updatedAt: now };
    const job = newJob(deps, caller, {
      name: 'RESTRICT_FOLDER',
      task: { type: 'clean-variants', folderId: folder.folderId, oldPath: folder.path },
      folderIds: folder.chain,
      now,
    });
    return {
      steps: [...replaceFolder(node, next, folder.stamp), { create: 'job', record: job }],
      action: 'folder.restricted',
      object: { kind: 'folder', id: folder.folderId },
      before: { isPrivate: node.isPrivate },
      after: { isPrivate },
      result: job,
    };
  });
}
