import type { Caller } from '../../kernel/caller.ts';
import type { ChangeDeps } from '../store/decide-and-commit.ts';
import type { JobTask, LibraryJob } from '../store/library-job.ts';
import type { HeldJob } from './job-progress.ts';

export interface MergeFolderDeps extends ChangeDeps {
  /** Carries out the job of a folder that was moved. @returns it afterwards; undefined when somebody else holds it */
  readonly run: (job: LibraryJob) => Promise<LibraryJob | undefined>;
}

export type MergeFolderTask = Extract<JobTask, { type: 'merge-folder' }>;

/** Brings one folder into another. It is passed in, because folders begin jobs themselves. */
export type MergeFolder = (
  deps: MergeFolderDeps,
  caller: Caller,
  held: HeldJob,
  task: MergeFolderTask,
) => Promise<void>;
