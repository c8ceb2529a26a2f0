import type { Caller } from '../../kernel/caller.ts';
import { removeFolderEntry, replaceNode } from '../folders/folder-steps.ts';
import { refuseRoot, requireNode } from '../folders/move-folder.ts';
import { newJob } from '../jobs/new-job.ts';
import type { AskBeforeDelete } from '../references/ask-before-delete.ts';
import type { ChangeDeps, Decision } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import type { LibraryJob } from '../store/library-job.ts';
import { folderByPath } from '../tree/folder-access.ts';
import { advanceTree } from '../tree/tree-change.ts';
import { dayOf } from './trash-days.ts';

/**
 * Puts a folder into the trash with everything in it, at once. The job removes what was made from its files.
 * @param ask @default it goes, whoever uses it
 * @throws FileReferenced, Problem folder.missing, folder.is-root or permission.missing
 */
export async function trashFolder(
  deps: ChangeDeps,
  caller: Caller,
  path: string,
  ask?: AskBeforeDelete,
): Promise<LibraryJob> {
  refuseRoot(path);
  return decideAndCommit(deps, caller, async (now): Promise<Decision<LibraryJob>> => {
    const folder = await folderByPath(deps.store, caller, 'folders.delete', path);
    await ask?.({ folder });
    const node = await requireNode(deps, folder);
    const { folderId } = folder;
    const next = { ...node, state: 'trash' as const, trashedAt: now, updatedAt: now, revision: node.revision + 1 };
    const task = { type: 'clean-variants', folderId, oldPath: path } as const;
    const job = newJob(deps, caller, { name: 'DELETE_FOLDER', task, folderIds: folder.chain, now });
    return {
      steps: [
        removeFolderEntry(node),
        replaceNode(node, next),
        advanceTree(folder.stamp),
        {
          create: 'trashed',
          record: {
            day: dayOf(now),
            id: folderId,
            kind: 'folder',
            path,
            folderIds: folder.chain,
            trashedAt: now,
            trashedBy: caller.id,
          },
        },
        { create: 'job', record: job },
      ],
      action: 'folder.trashed',
      object: { kind: 'folder', id: folderId },
      before: { path },
      result: job,
    };
  });
}
