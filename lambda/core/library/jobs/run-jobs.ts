import { onBehalfOf } from '../../accounts/owner.ts';
import type { CopyBytesDeps } from '../files/staged-copies.ts';
import type { LibraryJob } from '../store/library-job.ts';
import type { CleanVariantsDeps } from './clean-variants.ts';
import { cleanVariants } from './clean-variants.ts';
import { copyContent } from './copy-content.ts';
import type { EndItems } from './end-items.ts';
import type { ImportBucket } from './import-bucket.ts';
import type { ProgressDeps } from './job-progress.ts';
import { HeldJob, inSeconds, OutOfTime } from './job-progress.ts';
import type { MergeFolder } from './merge-folder.ts';
import type { PurgeContentDeps } from './purge-content.ts';
import { purgeFile, purgeFolder } from './purge-content.ts';
import type { RetagFilesDeps } from './retag-files.ts';
import { retagFiles } from './retag-files.ts';
import { UPLOADS_END } from './uploads-end.ts';
import type { WriteZipDeps } from './write-zip.ts';
import { writeZip } from './write-zip.ts';

export interface RunJobsDeps
  extends PurgeContentDeps,
    CopyBytesDeps,
    CleanVariantsDeps,
    RetagFilesDeps,
    WriteZipDeps,
    Pick<ProgressDeps, 'until'> {
  readonly objects: PurgeContentDeps['objects'] & CopyBytesDeps['objects'];
  readonly endItems: EndItems;
  readonly mergeFolder: MergeFolder;
  /** Of workers that may read from origins; the others leave imports to them. */
  readonly importBucket?: ImportBucket;
}

/** Milliseconds that a call spends on a job which it has just begun. */
const AT_ONCE = 8_000;

/** Milliseconds after which the edge is told of a folder whose job is not done. */
const UNSEEN = 1_000;

/**
 * Carries out the jobs that wait, the one that was longest left alone first. Never rejects: what fails is reported and taken
 * up again after its hold.
 */
export async function runJobs(deps: RunJobsDeps): Promise<void> {
  const jobs = await deps.store.pendingJobs();
  jobs.sort((one, other) => (one.updatedAt < other.updatedAt ? -1 : 1));
  for (const job of jobs) {
    if (!isHeld(deps, job)) await attempt({ ...deps, isLate: true }, job);
  }
}

/**
 * Works on a job in the call that began it, so that small ones are done when it is answered. Never rejects: what is left is
 * done by the minute's run.
 */
export async function beginJob(deps: RunJobsDeps, job: LibraryJob): Promise<void> {
  const begun = deps.clock();
  const left = await attempt({ ...deps, until: begun + UNSEEN }, job);
  if (left?.state === 'pending' && left.heldUntil === 0) await attempt({ ...deps, until: begun + AT_ONCE }, left);
}

/** As `beginJob`, of many small jobs one after the other, for as long as one may take. */
export async function beginJobs(deps: RunJobsDeps, jobs: readonly LibraryJob[]): Promise<void> {
  const until = deps.clock() + AT_ONCE;
  for (const job of jobs) {
    if (deps.clock() >= until) return;
    await attempt({ ...deps, until }, job);
  }
}

/** Never rejects. @returns the job afterwards; undefined when it failed or somebody else holds it */
async function attempt(deps: RunJobsDeps, job: LibraryJob): Promise<LibraryJob | undefined> {
  try {
    return await runJob(deps, job);
  } catch (error) {
    deps.report('job-failed', error);
    return undefined;
  }
}

const isHeld = ({ clock }: RunJobsDeps, { heldUntil }: LibraryJob): boolean => heldUntil * 1000 > clock();

/**
 * Carries out one job, if nobody else holds it, or as much of it as there is time for. Every part can be done twice.
 * @returns the job afterwards; undefined when somebody else holds it
 */
export async function runJob(deps: RunJobsDeps, job: LibraryJob): Promise<LibraryJob | undefined> {
  const held = await HeldJob.take(deps, job);
  if (!held) return undefined;
  try {
    await held.leave(await carryOut(deps, held));
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error;
    await held.leave({ heldUntil: 0 });
  }
  return held.job;
}

/** @returns what the job is afterwards */
async function carryOut(deps: RunJobsDeps, held: HeldJob): Promise<Partial<LibraryJob>> {
  const { task, jobId, place, caller: actor } = held.job;
  const caller = onBehalfOf(actor);
  const run = (job: LibraryJob) => runJob(deps, job);
  switch (task.type) {
    case 'clean-variants':
      return cleanVariants(deps, held, task);
    case 'purge-file':
      await purgeFile(deps, caller, task.assetId);
      return COMPLETED;
    case 'purge-folder':
      await purgeFolder(deps, caller, task, held);
      if (task.isLastRun) return COMPLETED;
      return { task: { ...task, isLastRun: true }, heldUntil: inSeconds(deps, UPLOADS_END) };
    case 'copy-folder':
      await copyContent(deps, caller, { ...task, jobId }, held, place);
      return COMPLETED;
    case 'merge-folder':
      await deps.mergeFolder({ ...deps, run }, caller, held, task);
      return COMPLETED;
    case 'rename-tags':
      return retagFiles(deps, held, task);
    case 'zip':
      return writeZip(deps, held, task);
    case 'import':
      return deps.importBucket ? deps.importBucket(deps, held, task) : { heldUntil: 0 };
    case 'empty-trash':
    case 'delete-everything':
      await deps.endItems({ ...deps, run }, actor, task, held);
      return COMPLETED;
  }
}

const COMPLETED = { state: 'completed', heldUntil: 0 } as const;
