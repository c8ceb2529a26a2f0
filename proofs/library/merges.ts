import { runJobs } from '../../lambda/core/library/jobs/run-jobs.ts';
import type { JobTask } from '../../lambda/core/library/store/library-job.ts';
import type { LibraryWorld, WorldDeps } from '../../test/core/library/library-world.ts';
import type { Random } from '../random.ts';
import { mergeFolder } from './model-folders.ts';
import type { WorldState } from './world-state.ts';
import { isSameWorld, readWorld } from './world-state.ts';

type MergeTask = Extract<JobTask, { type: 'merge-folder' }>;

/** Milliseconds between two workers: every hold has ended, and every upload that was on its way. */
const LATER = 1_000_000;

/** Workers that may be killed or give up before a merge must be done. */
const WORKERS = 40;

/** Changes within which a worker is killed that is to be killed. */
const KILLED_WITHIN = 8;

/** Folders that calls have begun to move onto others. */
export async function pendingMerges({ deps }: Pick<LibraryWorld, 'deps'>): Promise<readonly MergeTask[]> {
  const tasks = (await deps.store.pendingJobs()).map(({ task }) => task);
  return tasks.filter((task) => task.type === 'merge-folder').filter(({ isLastRun }) => !isLastRun);
}

/**
 * Carries out the merges that were begun, by workers of whom some are killed on the way.
 * @returns what is there afterwards
 * @throws when no order of the merges comes to that in the model
 */
export async function carryOutMerges(
  world: LibraryWorld,
  deps: WorldDeps,
  random: Random,
  before: WorldState,
): Promise<WorldState> {
  const tasks = await pendingMerges(world);
  for (let worker = 1; (await hasMerges(world)) && worker <= WORKERS; worker++) {
    const clock = () => Date.now() + worker * LATER;
    await runJobs({ ...(random(2) === 0 ? dying(deps, random(KILLED_WITHIN)) : deps), clock });
  }
  if (await hasMerges(world)) throw new Error('A merge does not end.');
  const after = await readWorld(world);
  if (ordersOf(tasks).some((order) => isSameWorld(merged(before, order), after))) return after;
  const said = tasks.map(({ oldPath, newPath }) => `${oldPath} onto ${newPath}`).join('\n');
  throw new Error(
    `No order of these merges explains what they came to.\n${said}\nbefore ${JSON.stringify(before)}\nafter  ${JSON.stringify(after)}`,
  );
}

const hasMerges = async ({ deps }: LibraryWorld): Promise<boolean> =>
  (await deps.store.pendingJobs()).some(({ task }) => task.type === 'merge-folder');

function merged(before: WorldState, order: readonly MergeTask[]): WorldState {
  const world = structuredClone(before);
  for (const { sourceId, targetId } of order) mergeFolder(world, sourceId, targetId);
  return world;
}

function ordersOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length <= 1) return [items];
  return items.flatMap((first, index) => ordersOf(items.toSpliced(index, 1)).map((rest) => [first, ...rest]));
}

/** A worker that is killed instead of its next change after so many. */
function dying(deps: WorldDeps, changes: number): WorldDeps {
  let left = changes;
  const commit: WorldDeps['store']['commit'] = async (...change) => {
    if (left-- <= 0) throw new Error('killed');
    return deps.store.commit(...change);
  };
  return { ...deps, store: { ...deps.store, commit } };
}
