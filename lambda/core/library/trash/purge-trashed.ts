import { isVisible, requirePermission } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import { nextRevision, replaceHead } from '../files/file-steps.ts';
import { replaceNode } from '../folders/folder-steps.ts';
import { newJob } from '../jobs/new-job.ts';
import type { ChangeStep } from '../store/change.ts';
import type { ChangeDeps } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import type { JobTask, LibraryJob } from '../store/library-job.ts';
import type { FileHead, FolderNode, TrashedItem } from '../store/records.ts';
import { removeTrashed } from './restore-trashed.ts';
import { dayOf } from './trash-days.ts';

/**
 * Ends something in the trash: it cannot be restored from then on, and the job removes every byte of it.
 * @throws Problem trash.missing or permission.missing
 */
export async function purgeTrashed(deps: ChangeDeps, caller: Caller, id: string): Promise<LibraryJob> {
  return decideAndCommit(deps, caller, async (now) => {
    const [head, node] = await Promise.all([deps.store.head(id), deps.store.folderNode(id)]);
    const record = head ?? node;
    const trashed = record?.state === 'trash' && (await deps.store.trashed(dayOf(record.trashedAt ?? ''), id));
    if (!record || !trashed || !isVisible(caller, trashed.folderIds)) {
      throw problem('trash.missing', 'There is nothing with this id in the trash.');
    }
    requirePermission(caller, 'files.purge', trashed.folderIds);
    const job = newJob(deps, caller, {
      name: head ? 'DELETE_FILE' : 'DELETE_FOLDER',
      task: taskOf(head, trashed),
      folderIds: trashed.folderIds,
      now,
    });
    return {
      steps: [ending(head, node, caller, now), removeTrashed(trashed), { create: 'job', record: job }],
      action: `${trashed.kind}.ended`,
      object: { kind: trashed.kind, id },
      before: { path: trashed.path },
      result: job,
    };
  });
}

const taskOf = (head: FileHead | undefined, { id, path }: TrashedItem): JobTask =>
  head ? { type: 'purge-file', assetId: id } : { type: 'purge-folder', folderId: id, oldPath: path, isLastRun: false };

function ending(head: FileHead | undefined, node: FolderNode | undefined, caller: Caller, now: string): ChangeStep {
  if (head) return replaceHead(head, { ...nextRevision(head, caller, now), state: 'purging' });
  if (node) return replaceNode(node, { ...node, state: 'purging', revision: node.revision + 1, updatedAt: now });
  throw new Error('Neither a file nor a folder is to end.');
}
