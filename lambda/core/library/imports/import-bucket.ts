import { LIMITS } from '../../../contract/limits.ts';
import type { Caller } from '../../kernel/caller.ts';
import { Problem, problem } from '../../kernel/problems.ts';
import type { ImportBucket, ImportTask } from '../jobs/import-bucket.ts';
import type { HeldJob } from '../jobs/job-progress.ts';
import { inSeconds } from '../jobs/job-progress.ts';
import type { LibraryJob } from '../store/library-job.ts';
import { locateFolder } from '../tree/find-folder.ts';
import { findGone } from './find-gone.ts';
import type { ImportObjectDeps, RunningImport } from './import-object.ts';
import { importObject } from './import-object.ts';
import type { ListedObject } from './object-source.ts';

/** Objects that are worked on side by side. */
const SIDE_BY_SIDE = 16;

/** Workers in a row that may fail without a step forward. */
const FRUITLESS = 10;

/** Seconds before the next of them. */
const LATER = 60;

/** What may be better a minute later. */
const PASSING: readonly string[] = ['origin.unreachable', 'origin.late', 'origin.broken'];

const COMPLETED = { state: 'completed', heldUntil: 0 } as const;

/** Imports from these buckets. */
export const importFrom =
  (buckets: Pick<ImportObjectDeps, 'source' | 'detectType'>): ImportBucket =>
  (deps, held, task) =>
    importBucket({ ...deps, ...buckets }, held, task);

/**
 * Makes files of the objects, then looks which files of the import's folder have lost theirs. A worker that takes over goes on after
 * the last object that was noted; what was done twice is found present the second time.
 * @returns what the job is afterwards
 */
async function importBucket(deps: ImportObjectDeps, held: HeldJob, task: ImportTask): Promise<Partial<LibraryJob>> {
  const { done, caller, place = [] } = held.job;
  const folder = await locateFolder(deps.store, task.folderId);
  if (!folder) return givenUp(held, problem('folder.missing', 'The folder of the import is gone, or in the trash.'));
  const running = { task, folder, caller: callerOf(caller, task), beganAt: held.job.createdAt };
  try {
    if (task.looksForGone) {
      await findGone(deps, held, running, place);
      return COMPLETED;
    }
    const isWhole = await importAll(deps, held, running, place);
    return isWhole ? { task: { ...task, looksForGone: true, fruitless: 0 }, place: [], heldUntil: 0 } : COMPLETED;
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'busy') throw error;
    const fruitless = held.filesDone > done ? 1 : task.fruitless + 1;
    if (!PASSING.includes(error.code) || fruitless >= FRUITLESS) return givenUp(held, error);
    return { task: { ...task, fruitless }, heldUntil: inSeconds(deps, LATER) };
  }
}

const callerOf = ({ kind, id }: LibraryJob['caller'], { grants }: ImportTask): Caller => ({ kind, id, grants });

function givenUp(held: HeldJob, reason: Problem): Partial<LibraryJob> {
  held.failed('The import ended', reason);
  return COMPLETED;
}

/** @returns whether all objects were done; not so above the limit, which is then among the failures */
async function importAll(
  deps: ImportObjectDeps,
  held: HeldJob,
  running: RunningImport,
  place: readonly string[],
): Promise<boolean> {
  for await (const page of deps.source.pages(running.task.from, place)) {
    for (let from = 0; from < page.length; from += SIDE_BY_SIDE) {
      const some = page.slice(from, from + SIDE_BY_SIDE);
      if (held.filesDone + some.length > LIMITS.importedObjects) {
        const message = `An import takes at most ${LIMITS.importedObjects} objects; import the rest by narrower prefixes.`;
        givenUp(held, problem('import.invalid', message));
        return false;
      }
      await Promise.all(some.map((object) => importOrTell(deps, held, running, object)));
      await held.done(some.length, some.at(-1)?.place);
    }
  }
  return true;
}

/** What is wrong with one object is told, and the others go on. */
async function importOrTell(
  deps: ImportObjectDeps,
  held: HeldJob,
  running: RunningImport,
  object: ListedObject,
): Promise<void> {
  try {
    held.count(await importObject(deps, running, object));
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'busy' || PASSING.includes(error.code)) throw error;
    held.count('notImported');
    held.failed(shortened(object.key), error);
  }
}

/** Characters of a key in the list of failures, which is a part of the job's record. */
const NAMED = 200;

export const shortened = (key: string): string => (key.length > NAMED ? `${key.slice(0, NAMED)}…` : key);
