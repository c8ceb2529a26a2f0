import { runJob } from '../../lambda/core/library/jobs/run-jobs.ts';
import type { LibraryJob } from '../../lambda/core/library/store/library-job.ts';
import type { LibraryWorld, WorldDeps } from '../../test/core/library/library-world.ts';
import type { Random } from '../random.ts';
import type { Moment } from './explained.ts';
import type { MergeChange, MergeEnd, MergeTask } from './model-merges.ts';
import { afterChange, filesIn, mayEnd } from './model-merges.ts';
import { nameOf } from './model-steps.ts';
import type { WorldState } from './world-state.ts';

/** A job that brings a folder into another. */
export type MergeJob = LibraryJob & { readonly task: MergeTask };

/** What a worker has done for a merge. */
export interface MergeWork {
  readonly task: MergeTask;
  readonly changes: readonly MergeChange[];
  /** Undefined when another worker goes on. */
  readonly end: MergeEnd | undefined;
}

/** Changes within which a worker is killed that is to be killed. */
const KILLED_WITHIN = 8;

const isMerge = (job: LibraryJob): job is MergeJob => job.task.type === 'merge-folder';

/** Jobs that wait. Each may be taken up: whoever held it is dead, and every upload that was on its way has ended. */
export async function waitingJobs({ deps }: Pick<LibraryWorld, 'deps'>) {
  const jobs = await deps.store.pendingJobs();
  return { merges: jobs.filter(isMerge), others: jobs.filter((job) => !isMerge(job)) };
}

/** @returns the job afterwards; undefined when whoever comes next goes on with it */
export const workOn = (deps: WorldDeps, job: LibraryJob): Promise<LibraryJob | undefined> =>
  runJob(deps, job).catch(() => undefined);

/** Works on a merge, as long as the worker lives: half of them are killed instead of one of their next changes. */
export async function workOnMerge(deps: WorldDeps, random: Random, job: MergeJob): Promise<MergeWork> {
  const changes: MergeChange[] = [];
  let left = random(2) === 0 ? random(KILLED_WITHIN) : Number.POSITIVE_INFINITY;
  const commit: WorldDeps['store']['commit'] = async (change, event) => {
    if (left-- <= 0) throw new Error('The worker was killed.');
    const outcome = await deps.store.commit(change, event);
    const { action, object, before } = event;
    if (outcome.kind === 'committed') changes.push({ action, id: object.id, name: nameOf(String(before?.path ?? '')) });
    return outcome;
  };
  const worked = await workOn({ ...deps, store: { ...deps.store, commit } }, job);
  const isAtEnd = worked?.state === 'completed';
  return { task: job.task, changes, end: isAtEnd ? (worked.failures ? 'refused' : 'done') : undefined };
}

/** What a worker did, as moments in a model. @param before what was there when it began */
export function momentsOfMerge({ task, changes, end }: MergeWork, before: WorldState): readonly Moment[] {
  const known = filesIn(before, task.sourceId);
  const moments = changes.map(
    (change): Moment =>
      (world) =>
        afterChange(world, task, change, known).map((next) => ({ world: next, isLast: false })),
  );
  if (!end) return moments;
  return [...moments, (world) => (mayEnd(world, task, end) ? [{ world, isLast: true }] : [])];
}

export const describeMerge = ({ task, changes, end }: MergeWork): string =>
  `merge ${JSON.stringify(task)}: ${changes.map(({ action, id, name }) => `${action} ${id} ${name}`).join(', ')}: ${end}`;
