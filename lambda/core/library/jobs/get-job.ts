import { isVisible } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import type { LibraryJob } from '../store/library-job.ts';
import type { LibraryStore } from '../store/library-store.ts';

/** A job by its id, for who may see the folders that it concerns. @throws Problem job.missing */
export async function getJob(
  { store }: { readonly store: Pick<LibraryStore, 'job'> },
  caller: Caller,
  jobId: string,
): Promise<LibraryJob> {
  const job = await store.job(jobId);
  if (!job || !isSeen(caller, job)) throw problem('job.missing', 'There is no job with this id.');
  return job;
}

function isSeen(caller: Caller, { isOwn, caller: actor, folderIds, sourceFolderIds = folderIds }: LibraryJob): boolean {
  if (isOwn) return actor.kind === caller.kind && actor.id === caller.id;
  return isVisible(caller, folderIds) && isVisible(caller, sourceFolderIds);
}
