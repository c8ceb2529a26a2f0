import type { ChangeDeps } from '../store/decide-and-commit.ts';
import type { JobTask, LibraryJob } from '../store/library-job.ts';
import type { JobProgress } from './job-progress.ts';

export interface EndItemsDeps extends ChangeDeps {
  /** Carries out the job that removes an item's bytes. @returns it afterwards; undefined when somebody else holds it */
  readonly run: (job: LibraryJob) => Promise<LibraryJob | undefined>;
}

/** Carries out the jobs that somebody confirmed. It is passed in, because the trash begins jobs itself. */
export type EndItems = (
  deps: EndItemsDeps,
  actor: LibraryJob['caller'],
  task: Extract<JobTask, { type: 'empty-trash' | 'delete-everything' }>,
  progress: JobProgress,
) => Promise<void>;
