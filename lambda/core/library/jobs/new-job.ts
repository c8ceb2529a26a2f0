import type { Caller } from '../../kernel/caller.ts';
import type { ChangeDeps } from '../store/decide-and-commit.ts';
import type { LibraryJob } from '../store/library-job.ts';

/** A job that waits for a worker. */
export function newJob(
  { hexId }: Pick<ChangeDeps, 'hexId'>,
  { kind, id }: Caller,
  {
    now,
    ...begun
  }: Pick<LibraryJob, 'name' | 'task' | 'folderIds' | 'sourceFolderIds' | 'isOwn' | 'isPurge'> & {
    readonly now: string;
  },
): LibraryJob {
  return {
    jobId: hexId(),
    ...begun,
    state: 'pending',
    revision: 1,
    done: 0,
    caller: { kind, id },
    createdAt: now,
    updatedAt: now,
    heldUntil: 0,
  };
}
