import { onBehalfOf } from '../../accounts/owner.ts';
import type { Problem } from '../../kernel/problems.ts';
import type { CopyFileDeps } from '../files/copy-file.ts';
import type { LibraryJob } from '../store/library-job.ts';
import { filesBelow } from '../tree/walk-folder.ts';
import { copyContent } from './copy-content.ts';
import type { PurgeContentDeps } from './purge-content.ts';
import { purgeFile, purgeFolder } from './purge-content.ts';

export type RunJobsDeps = PurgeContentDeps & CopyFileDeps;

/** Seconds for which a worker holds a job; a worker that died leaves it to the next one after them. */
const HOLD = 120;

/** Seconds after which every upload that was on its way has ended: what a function may run. */
const UPLOADS_END = 900;

/** Files, or milliseconds, between two notes of progress; each holds the job anew. */
const NOTE_EVERY = 100;
const NOTE_AFTER = (HOLD * 1000) / 4;

/** Failures that a job names; the others are counted. */
const NAMED_FAILURES = 100;

/** Paths that are purged together. */
const BATCH = 100;

/** Carries out the jobs that wait. Never rejects: what fails is reported and taken up again after its hold. */
export async function runJobs(deps: RunJobsDeps): Promise<void> {
  for (const job of await deps.store.pendingJobs()) {
    if (job.heldUntil * 1000 > deps.clock()) continue;
    await runJob(deps, job).catch((error: unknown) => deps.report('job-failed', error));
  }
}

/** Carries out one job, if nobody else holds it. Every part of it can be done twice. */
export async function runJob(deps: RunJobsDeps, job: LibraryJob): Promise<void> {
  const held = await save(deps, job, { heldUntil: inSeconds(deps, HOLD) });
  if (!held) return;
  const progress = progressOf(deps, held);
  await carryOut(deps, held, progress);
  await save(deps, progress.job(), { ...progress.soFar(), ...afterRun(deps, held) });
}

/** What is told of a job's work, and written down from time to time. */
type Progress = ReturnType<typeof progressOf>;

function progressOf(deps: RunJobsDeps, begun: LibraryJob) {
  let job = begun;
  let done = 0;
  let noted = deps.clock();
  const failures: string[] = [];
  const soFar = () => ({ done, ...(failures.length > 0 && { failures }) });
  return {
    job: () => job,
    soFar,
    done: async () => {
      done++;
      if (done % NOTE_EVERY !== 0 && deps.clock() - noted < NOTE_AFTER) return;
      const saved = await save(deps, job, { ...soFar(), heldUntil: inSeconds(deps, HOLD) });
      if (!saved) throw new Error('Another worker took the job.');
      job = saved;
      noted = deps.clock();
    },
    failed: (path: string, { message }: Problem) => {
      if (failures.length < NAMED_FAILURES) failures.push(`${path}: ${message}`);
    },
  };
}

async function carryOut(deps: RunJobsDeps, job: LibraryJob, progress: Progress): Promise<void> {
  const { task, jobId } = job;
  const caller = onBehalfOf(job.caller);
  switch (task.type) {
    case 'clean-variants':
      return cleanVariants(deps, task, progress.done);
    case 'purge-file':
      return purgeFile(deps, caller, task.assetId);
    case 'purge-folder':
      return purgeFolder(deps, caller, task, progress.done);
    case 'copy-folder':
      return copyContent(deps, caller, { ...task, jobId }, progress);
  }
}

async function cleanVariants(
  deps: RunJobsDeps,
  { folderId, oldPath }: { readonly folderId: string; readonly oldPath: string },
  done: () => Promise<void>,
): Promise<void> {
  let batch: string[] = [];
  for await (const { path } of filesBelow(deps.store, folderId, oldPath)) {
    batch.push(path);
    if (batch.length === BATCH) {
      await purgePaths(deps, batch);
      batch = [];
    }
    await done();
  }
  await purgePaths(deps, batch);
}

const purgePaths = (deps: RunJobsDeps, paths: readonly string[]): Promise<void> =>
  deps.carryOut(paths.map((path) => ({ effect: 'purge-path', path })));

function afterRun(deps: RunJobsDeps, { task }: LibraryJob): Partial<LibraryJob> {
  if (task.type !== 'purge-folder' || task.isLastRun) return { state: 'completed', heldUntil: 0 };
  return { task: { ...task, isLastRun: true }, heldUntil: inSeconds(deps, UPLOADS_END) };
}

const inSeconds = ({ clock }: RunJobsDeps, seconds: number): number => Math.floor(clock() / 1000) + seconds;

/** @returns undefined when somebody else holds the job by now */
async function save(deps: RunJobsDeps, job: LibraryJob, changes: Partial<LibraryJob>): Promise<LibraryJob | undefined> {
  const updatedAt = new Date(deps.clock()).toISOString();
  const next = { ...job, ...changes, updatedAt, revision: job.revision + 1 };
  return (await deps.store.saveJob(next, job.revision)) ? next : undefined;
}
