import type { ChangeDeps } from '../store/decide-and-commit.ts';
import type { JobTask, LibraryJob } from '../store/library-job.ts';
import type { HeldJob } from './job-progress.ts';

export type ImportTask = Extract<JobTask, { type: 'import' }>;

/** Carries out an import. It is passed in, because only some workers may read from origins. @returns what the job is afterwards */
export type ImportBucket = (deps: ChangeDeps, held: HeldJob, task: ImportTask) => Promise<Partial<LibraryJob>>;
