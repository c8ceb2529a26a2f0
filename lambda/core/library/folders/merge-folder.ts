import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import type { HeldJob } from '../jobs/job-progress.ts';
import { inSeconds } from '../jobs/job-progress.ts';
import type { MergeFolder, MergeFolderDeps, MergeFolderTask } from '../jobs/merge-folder.ts';
import { newJob } from '../jobs/new-job.ts';
import { purgeEmptyFolder } from '../jobs/purge-content.ts';
import { UPLOADS_END } from '../jobs/uploads-end.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import { ensureFolder } from '../tree/ensure-folder.ts';
import { locateFolder } from '../tree/find-folder.ts';
import { MergedPair } from '../tree/merged-pair.ts';
import { advanceTree } from '../tree/tree-change.ts';
import { holdsFiles } from '../tree/walk-folder.ts';
import { removeFolderEntry, replaceNode } from './folder-steps.ts';
import { mergeContent } from './merge-content.ts';
import { requireNode } from './move-folder.ts';

/** Walks through a folder that others add to all the while, before it is left where it is with what they added. */
const WALKS = 5;

/**
 * Brings one folder into another, and takes the first away when nothing is left in it. What could not be moved stays where it
 * is, and its folder does.
 */
export const mergeFolder: MergeFolder = async (deps, caller, held, task) => {
  const { sourceId, targetId, oldPath } = task;
  if (task.isLastRun) return endMerged(deps, caller, held, task);
  // A worker that was killed after the last step.
  if ((await deps.store.folderNode(sourceId))?.state === 'merged') return;
  const pair = new MergedPair(deps.store, { sourceId, targetId, path: oldPath });
  for (let walk = 0; walk < WALKS; walk++) {
    await mergeContent(deps, caller, pair, held, walk === 0 ? held.job.place : []);
    if (!(await pair.now())) {
      return held.failed(
        oldPath,
        problem('folder.missing', 'It or the folder that it goes into was moved or is gone.'),
      );
    }
    if (held.hasFailures || (await hideEmptied(deps, caller, pair, task))) return;
  }
};

/** Takes a folder out of sight in which no file is left. @returns whether it is */
async function hideEmptied(
  deps: MergeFolderDeps,
  caller: Caller,
  pair: MergedPair,
  task: MergeFolderTask,
): Promise<boolean> {
  return decideAndCommit<boolean>(deps, caller, async (now) => {
    const found = await pair.now();
    if (!found || (await holdsFiles(deps.store, task.sourceId))) return { unchanged: false };
    const { source, target } = found;
    const node = await requireNode(deps, source);
    const next = { ...node, state: 'merged' as const, revision: node.revision + 1, updatedAt: now };
    const last = newJob(deps, caller, {
      name: 'MOVE_FOLDER',
      task: { ...task, oldPath: source.path, newPath: target.path, isLastRun: true },
      folderIds: target.chain,
      now,
    });
    return {
      steps: [
        removeFolderEntry(node),
        replaceNode(node, next),
        advanceTree(source.stamp),
        { create: 'job', record: { ...last, heldUntil: inSeconds(deps, UPLOADS_END) } },
      ],
      action: 'folder.merged',
      object: { kind: 'folder', id: source.folderId },
      before: { path: source.path },
      after: { path: target.path, mergedInto: target.folderId },
      result: true,
    };
  });
}

/** Brings over what uploads that were on their way have added since, and removes the folder's own records. */
async function endMerged(deps: MergeFolderDeps, caller: Caller, held: HeldJob, task: MergeFolderTask): Promise<void> {
  const { sourceId, oldPath, newPath } = task;
  const target =
    (await locateFolder(deps.store, task.targetId)) ?? (await ensureFolder(deps, caller, 'folders.move', newPath));
  const pair = new MergedPair(deps.store, {
    ...{ sourceId, targetId: target.folderId, path: oldPath },
    isHidden: true,
  });
  await mergeContent(deps, caller, pair, held);
  if (await holdsFiles(deps.store, sourceId)) throw new Error('Files are left in a folder that is out of sight.');
  await purgeEmptyFolder(deps, caller, sourceId);
}
