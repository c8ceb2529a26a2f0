import { createHash } from 'node:crypto';
import type { Caller } from '../../kernel/caller.ts';
import { Problem } from '../../kernel/problems.ts';
import { ShownBefore } from '../files/copied-versions.ts';
import { COPY_ATTEMPTS, copyFile } from '../files/copy-file.ts';
import { headAt } from '../files/relocate-file.ts';
import type { CopyBytesDeps } from '../files/staged-copies.ts';
import type { FileEntry } from '../store/records.ts';
import { ensureFolder } from '../tree/ensure-folder.ts';
import { locateFolder } from '../tree/find-folder.ts';
import type { Folder } from '../tree/folder.ts';
import { pathIn } from '../tree/folder.ts';
import type { WalkPlace } from '../tree/walk-folder.ts';
import { entriesIn, foldersFrom, walkStart } from '../tree/walk-folder.ts';
import type { JobProgress } from './job-progress.ts';

export interface CopyContentTask {
  readonly jobId: string;
  readonly sourceId: string;
  readonly targetId: string;
  readonly withVersions: boolean;
}

/**
 * Copies everything of one folder into another. Folders are followed by their ids: what is moved meanwhile is still found,
 * what goes to the trash is left out. A file that an earlier worker copied is not copied again.
 * @param after place of the last file that is done
 * @param at place of the source in the folder in which the job began
 */
export async function copyContent(
  deps: CopyBytesDeps,
  caller: Caller,
  task: CopyContentTask,
  progress: JobProgress,
  after: WalkPlace = [],
  at: WalkPlace = [],
): Promise<void> {
  const { store } = deps;
  const [source, target] = await Promise.all([locateFolder(store, task.sourceId), locateFolder(store, task.targetId)]);
  if (!source || !target) return;
  const start = walkStart(after);
  if (start.files) {
    for await (const entry of entriesIn(store, source.folderId, start.files.after)) {
      await copyOnce(deps, caller, { task, source, target, entry }, progress);
      await progress.done(1, [...at, entry.name]);
    }
  }
  for await (const { folder, place } of foldersFrom(store, source.folderId, start)) {
    const below = await ensureFolder(deps, caller, 'files.copy', pathIn(target, folder.name));
    const belowTask = { ...task, sourceId: folder.folderId, targetId: below.folderId };
    await copyContent(deps, caller, belowTask, progress, place, [...at, folder.name]);
  }
}

interface FileCopy {
  readonly task: CopyContentTask;
  readonly source: Folder;
  readonly target: Folder;
  readonly entry: FileEntry;
}

async function copyOnce(
  deps: CopyBytesDeps,
  caller: Caller,
  { task, source, target, entry: { name, assetId } }: FileCopy,
  progress: JobProgress,
): Promise<void> {
  const idOf = (attempt: number, part: string) => derivedId(task.jobId, assetId, attempt, part);
  const present = await headAt(deps, target, name);
  const earlier = Array.from({ length: COPY_ATTEMPTS }, (_, attempt) => idOf(attempt, 'history'));
  if (present?.histories.some(({ id }) => earlier.includes(id))) return;
  const input = {
    source: { folderPath: source.path, name },
    destination: target.path,
    withVersions: task.withVersions,
  };
  try {
    await copyFile(deps, caller, input, idOf);
  } catch (error) {
    if (error instanceof ShownBefore) return;
    if (!(error instanceof Problem)) throw error;
    if (error.code !== 'file.missing') progress.failed(pathIn(source, name), error);
  }
}

/** An id that a second worker of the job finds again. */
function derivedId(jobId: string, assetId: string, attempt: number, part: string): string {
  return createHash('sha256')
    .update(JSON.stringify([jobId, assetId, attempt, part]))
    .digest('hex')
    .slice(0, 24);
}
