import { requirePermission } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import { Problem } from '../../kernel/problems.ts';
import { nextRevision, replaceFile } from '../files/file-steps.ts';
import { fileById, findFile } from '../files/library-file.ts';
import { changedMembers, updatedHead } from '../files/update-file.ts';
import type { ChangeDeps, Decision, NoChange } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import type { JobTask, LibraryJob } from '../store/library-job.ts';
import type { HeldJob } from './job-progress.ts';
import { inSeconds } from './job-progress.ts';
import type { TaggedFiles } from './tagged-files.ts';

export interface RetagFilesDeps extends ChangeDeps {
  readonly tagged: TaggedFiles;
}

type RenameTagsTask = Extract<JobTask, { type: 'rename-tags' }>;

/** Seconds in which the index has what was tagged just before the job began. */
const INDEX_FOLLOWS = 10;

/**
 * Gives files the new tag instead of the old ones. It runs twice: a file that the index did not have yet goes with the second
 * run. What the caller may not change stays as it is.
 * @returns what the job is afterwards
 */
export async function retagFiles(
  deps: RetagFilesDeps,
  held: HeldJob,
  task: RenameTagsTask,
): Promise<Partial<LibraryJob>> {
  const { kind, id } = held.job.caller;
  const caller: Caller = { kind, id, grants: task.grants };
  const [doneTag, doneId] = held.job.place ?? [];
  const from = doneTag === undefined ? 0 : task.tags.indexOf(doneTag);
  for (const tag of task.tags.slice(from)) {
    for await (const assetIds of deps.tagged.withTag(tag, tag === doneTag ? doneId : undefined)) {
      for (const assetId of assetIds) {
        const isChanged = await retagOrTell(deps, caller, assetId, task, held);
        await held.done(isChanged ? 1 : 0, [tag, assetId]);
      }
    }
  }
  if (task.isLastRun) return { state: 'completed', heldUntil: 0 };
  return { task: { ...task, isLastRun: true }, place: [], heldUntil: inSeconds(deps, INDEX_FOLLOWS) };
}

/** @returns whether the file was changed */
async function retagOrTell(
  deps: RetagFilesDeps,
  caller: Caller,
  assetId: string,
  task: RenameTagsTask,
  held: HeldJob,
): Promise<boolean> {
  try {
    return await retag(deps, caller, assetId, task);
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'busy') throw error;
    if (error.code === 'file.missing') return false;
    held.failed((await findFile(deps.store, assetId))?.path ?? assetId, error);
    return false;
  }
}

/** @returns false for a file that carries none of the old tags by now */
async function retag(
  deps: RetagFilesDeps,
  caller: Caller,
  assetId: string,
  { tags, newTag }: RenameTagsTask,
): Promise<boolean> {
  return decideAndCommit<boolean>(deps, caller, async (now): Promise<Decision<boolean> | NoChange<boolean>> => {
    const { head, folder } = await fileById(deps.store, caller, 'files.read', assetId);
    if (!head.tags?.some((tag) => tags.includes(tag))) return { unchanged: false };
    requirePermission(caller, 'files.update', folder.chain);
    const next = nextRevision(updatedHead(head, { tags: renamed(head.tags, tags, newTag) }), caller, now);
    return {
      steps: replaceFile(head, next),
      action: 'file.updated',
      object: { kind: 'file', id: assetId },
      before: changedMembers(head, next),
      after: changedMembers(next, head),
      result: true,
    };
  });
}

/** The new tag stands where the first of the old ones was. */
const renamed = (present: readonly string[], tags: readonly string[], newTag: string): readonly string[] => [
  ...new Set(present.map((tag) => (tags.includes(tag) ? newTag : tag))),
];
