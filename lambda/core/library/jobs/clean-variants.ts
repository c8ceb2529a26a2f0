import type { JobTask, LibraryJob } from '../store/library-job.ts';
import type { LibraryStore } from '../store/library-store.ts';
import { filesBelow } from '../tree/walk-folder.ts';
import type { HeldJob } from './job-progress.ts';
import type { StaleFolders } from './stale-folder.ts';

/** Removes what was made from files of a folder. What they give is to be asked `areComplete` about. */
export interface FolderCleaning {
  /** What is stored of these paths, and of pictures elsewhere that carry them. */
  removeInFolder(folder: string, paths: readonly string[]): Promise<string[]>;
  /** The CDN forgets everything below the folder. */
  tellOfFolder(folder: string): Promise<string[]>;
  areComplete(invalidations: readonly string[]): Promise<boolean>;
}

export interface CleanVariantsDeps {
  readonly store: LibraryStore;
  readonly cleaning: FolderCleaning;
  readonly staleFolders: StaleFolders;
  /** The call that began the job may have been answered. */
  readonly isLate?: boolean;
}

type CleanVariantsTask = Extract<JobTask, { type: 'clean-variants' }>;

/** Files whose variants are removed together. */
const BATCH = 100;

/**
 * Removes what was made under a folder's old path. Whoever cannot finish it has the edge ask anew for everything below the
 * path, until the stored variants are gone and the CDN has forgotten its copies. A job that is done within its call tells
 * the edge nothing.
 * @returns what the job is afterwards
 * @throws when it could not be finished; the folder is stale for the edge by then
 */
export async function cleanVariants(
  deps: CleanVariantsDeps,
  held: HeldJob,
  task: CleanVariantsTask,
): Promise<Partial<LibraryJob>> {
  if (task.told) return whenForgotten(deps, held, { ...task, told: task.told });
  if (deps.isLate) await markStale(deps, held, task);
  try {
    await removeStored(deps, held, task);
  } catch (error) {
    await markStale(deps, held, task);
    throw error;
  }
  const isStale = held.job.task.type === 'clean-variants' && held.job.task.isStale;
  // Of a stale folder in any case: another job may have removed its files meanwhile.
  const told = isStale || held.filesDone > 0 ? await deps.cleaning.tellOfFolder(task.oldPath) : [];
  return whenForgotten(deps, held, { ...task, told });
}

async function removeStored(
  { store, cleaning }: CleanVariantsDeps,
  held: HeldJob,
  { folderId, oldPath }: CleanVariantsTask,
): Promise<void> {
  let batch: string[] = [];
  for await (const { path, place } of filesBelow(store, folderId, oldPath, held.job.place)) {
    batch.push(path);
    if (batch.length < BATCH) continue;
    await cleaning.removeInFolder(oldPath, batch);
    await held.done(batch.length, place);
    batch = [];
  }
  await cleaning.removeInFolder(oldPath, batch);
  await held.done(batch.length);
}

/** The note in the job comes first: what is marked is always settled. */
async function markStale({ staleFolders }: CleanVariantsDeps, held: HeldJob, { oldPath }: CleanVariantsTask) {
  const { jobId, task, createdAt } = held.job;
  if (task.type === 'clean-variants' && !task.isStale) await held.note({ task: { ...task, isStale: true } });
  await staleFolders.mark({ jobId, path: oldPath, since: createdAt });
}

/** The job of a stale folder ends when the CDN has forgotten its copies; until then the next run asks again. */
async function whenForgotten(
  { cleaning, staleFolders }: CleanVariantsDeps,
  { job }: HeldJob,
  task: CleanVariantsTask & { readonly told: readonly string[] },
): Promise<Partial<LibraryJob>> {
  const isStale = job.task.type === 'clean-variants' && job.task.isStale;
  const done = { state: 'completed', heldUntil: 0 } as const;
  if (!isStale) return done;
  if (!(await cleaning.areComplete(task.told))) return { task: { ...task, isStale }, heldUntil: 0 };
  await staleFolders.settle(job.jobId);
  return done;
}
