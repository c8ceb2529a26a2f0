import { onBehalfOf } from '../../accounts/owner.ts';
import type { CopyFileDeps } from '../files/copy-file.ts';
import type { LibraryJob } from '../store/library-job.ts';
import type { WalkPlace } from '../tree/walk-folder.ts';
import { filesBelow } from '../tree/walk-folder.ts';
import { copyContent } from './copy-content.ts';
import type { JobProgress, ProgressDeps } from './job-progress.ts';
import { HeldJob, inSeconds, OutOfTime } from './job-progress.ts';
import type { PurgeContentDeps } from './purge-content.ts';
import { purgeFile, purgeFolder } from './purge-content.ts';

export interface RunJobsDeps extends PurgeContentDeps, CopyFileDeps, Pick<ProgressDeps, 'until'> {
  readonly objects: PurgeContentDeps['objects'] & CopyFileDeps['objects'];
}

/** Milliseconds that a call spends on a job which it has just begun. */
const AT_ONCE = 8_000;

/** Seconds after which every upload that was on its way has ended: what a function may run. */
const UPLOADS_END = 900;

/** Paths that are purged together. */
const BATCH = 100;

/**
 * Carries out the jobs that wait, the one that was longest left alone first. Never rejects: what fails is reported and taken
 * up again after its hold.
 */
export async function runJobs(deps: RunJobsDeps): Promise<void> {
  const jobs = await deps.store.pendingJobs();
  jobs.sort((one, other) => (one.updatedAt < other.updatedAt ? -1 : 1));
  for (const job of jobs) {
    if (job.heldUntil * 1000 > deps.clock()) continue;
    await runJob(deps, job).catch((error: unknown) => deps.report('job-failed', error));
  }
}

/**
 * Works on a job in the call that began it, so that small ones are done when it is answered. Never rejects: what is left is
 * done by the minute's run.
 */
export async function beginJob(deps: RunJobsDeps, job: LibraryJob): Promise<void> {
  const until = deps.clock() + AT_ONCE;
  await runJob({ ...deps, until }, job).catch((error: unknown) => deps.report('job-failed', error));
}

/** Carries out one job, if nobody else holds it, or as much of it as there is time for. Every part can be done twice. */
export async function runJob(deps: RunJobsDeps, job: LibraryJob): Promise<void> {
  const held = await HeldJob.take(deps, job);
  if (!held) return;
  try {
    await carryOut(deps, job, held);
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error;
    return held.leave({ heldUntil: 0 });
  }
  await held.leave(afterRun(deps, job));
}

async function carryOut(deps: RunJobsDeps, job: LibraryJob, progress: JobProgress): Promise<void> {
  const { task, jobId, place } = job;
  const caller = onBehalfOf(job.caller);
  switch (task.type) {
    case 'clean-variants':
      return cleanVariants(deps, task, progress, place);
    case 'purge-file':
      return purgeFile(deps, caller, task.assetId);
    case 'purge-folder':
      return purgeFolder(deps, caller, task, progress);
    case 'copy-folder':
      return copyContent(deps, caller, { ...task, jobId }, progress, place);
  }
}

async function cleanVariants(
  deps: RunJobsDeps,
  { folderId, oldPath }: { readonly folderId: string; readonly oldPath: string },
  progress: JobProgress,
  after: WalkPlace | undefined,
): Promise<void> {
  let batch: string[] = [];
  for await (const { path, place } of filesBelow(deps.store, folderId, oldPath, after)) {
    batch.push(path);
    if (batch.length < BATCH) continue;
    await purgePaths(deps, batch);
    await progress.done(batch.length, place);
    batch = [];
  }
  await purgePaths(deps, batch);
  await progress.done(batch.length);
}

const purgePaths = (deps: RunJobsDeps, paths: readonly string[]): Promise<void> =>
  deps.carryOut(paths.map((path) => ({ effect: 'purge-path', path })));

function afterRun(deps: RunJobsDeps, { task }: LibraryJob): Partial<LibraryJob> {
  if (task.type !== 'purge-folder' || task.isLastRun) return { state: 'completed', heldUntil: 0 };
  return { task: { ...task, isLastRun: true }, heldUntil: inSeconds(deps, UPLOADS_END) };
}
