import type { Caller } from '../../kernel/caller.ts';
import { Problem } from '../../kernel/problems.ts';
import { headAt, mergeOnto, relocate } from '../files/relocate-file.ts';
import type { JobProgress } from '../jobs/job-progress.ts';
import type { MergeFolderDeps } from '../jobs/merge-folder.ts';
import type { ChangeDeps } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import type { LibraryJob } from '../store/library-job.ts';
import type { FolderEntry } from '../store/records.ts';
import { folderBelow, pathIn } from '../tree/folder.ts';
import { MergedPair } from '../tree/merged-pair.ts';
import type { WalkPlace } from '../tree/walk-folder.ts';
import { entriesIn, foldersFrom, holdsFiles, walkStart } from '../tree/walk-folder.ts';
import { relocateFolder } from './relocate-folder.ts';

/**
 * Moves everything of one folder into another: each file in a transaction of its own, a folder whose name is free as a whole,
 * and of another one what is in it. Folders that are empty afterwards stay.
 * @param after place of the last file that is done
 * @param at place of the folder in the one with which the job began
 */
export async function mergeContent(
  deps: MergeFolderDeps,
  caller: Caller,
  pair: MergedPair,
  progress: JobProgress,
  after: WalkPlace = [],
  at: WalkPlace = [],
): Promise<void> {
  const start = walkStart(after);
  if (start.files) {
    for await (const { name } of entriesIn(deps.store, pair.sourceId, start.files.after)) {
      await unlessRefused(progress, pathIn(pair, name), () => moveFile(deps, caller, pair, name));
      await progress.done(1, [...at, name]);
    }
  }
  for await (const { folder, place } of foldersFrom(deps.store, pair.sourceId, start)) {
    const path = pathIn(pair, folder.name);
    const below = await unlessRefused(progress, path, () => moveFolder(deps, caller, pair, folder));
    if (below instanceof MergedPair) {
      await mergeContent(deps, caller, below, progress, place, [...at, folder.name]);
    } else if (below) {
      await deps.run(below);
      await progress.done(0);
    }
  }
}

/** What cannot be moved is named in the job and stays. */
async function unlessRefused<T>(progress: JobProgress, path: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'busy') throw error;
    progress.failed(path, error);
    return undefined;
  }
}

/** As private as it was: what protected it in its old place may not be there in the new one. */
async function moveFile(deps: ChangeDeps, caller: Caller, pair: MergedPair, name: string): Promise<void> {
  return decideAndCommit<void>(deps, caller, async (now) => {
    const found = await pair.now();
    const head = found && (await headAt(deps, found.source, name));
    if (!head) return { unchanged: undefined };
    const { source, target, isPrivate, whilePrivateAsFound } = found;
    const file = {
      head: { ...head, isPrivate: head.isPrivate || isPrivate },
      folder: source,
      path: pathIn(source, name),
    };
    const present = await headAt(deps, target, name);
    const moved = present
      ? mergeOnto(file, { head: present, folder: target, path: pathIn(target, name) }, caller, now)
      : relocate(file, caller, { folder: target, name }, now);
    if ('readAgain' in moved) return moved;
    return { ...moved, steps: [...moved.steps, ...whilePrivateAsFound], result: undefined };
  });
}

/**
 * Under the name that it has by now: who renamed it since it was listed was told that it has that one.
 * @returns the job of a folder that was moved as a whole, or where to go on because its name is taken
 */
async function moveFolder(
  deps: ChangeDeps,
  caller: Caller,
  pair: MergedPair,
  { folderId }: FolderEntry,
): Promise<LibraryJob | MergedPair | undefined> {
  return decideAndCommit<LibraryJob | MergedPair | undefined>(deps, caller, async (now) => {
    const found = await pair.now();
    const node = found && (await deps.store.folderNode(folderId));
    // It was moved away, or went to the trash.
    if (node?.state !== 'live' || node.parentId !== found?.source.folderId) return { unchanged: undefined };
    // Emptied before it went out of sight: its twin may have another name or place by now, and it would come back as a new folder.
    if (pair.isHidden && !(await holdsFiles(deps.store, folderId))) return { unchanged: undefined };
    const { source, target, isPrivate } = found;
    const { name } = node;
    const taken = await deps.store.folderEntry(target.folderId, name);
    if (taken) return { unchanged: pair.below({ sourceId: folderId, targetId: taken.folderId }, name) };
    const kept = { ...node, isPrivate: node.isPrivate || isPrivate };
    const folder = folderBelow(source, node);
    return relocateFolder(deps, caller, { folder, node: kept, destination: target, name, job: 'MOVE_FOLDER' }, now);
  });
}
