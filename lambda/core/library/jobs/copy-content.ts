import { createHash } from 'node:crypto';
import type { Caller } from '../../kernel/caller.ts';
import { Problem } from '../../kernel/problems.ts';
import type { CopyFileDeps } from '../files/copy-file.ts';
import { COPY_ATTEMPTS, copyFile } from '../files/copy-file.ts';
import { headAt } from '../files/relocate-file.ts';
import type { FileEntry } from '../store/records.ts';
import { ensureFolder } from '../tree/ensure-folder.ts';
import { locateFolder } from '../tree/find-folder.ts';
import type { Folder } from '../tree/folder.ts';
import { pathIn } from '../tree/folder.ts';
import { entriesIn, foldersIn } from '../tree/walk-folder.ts';

export interface CopyContentTask {
  readonly jobId: string;
  readonly sourceId: string;
  readonly targetId: string;
  readonly withVersions: boolean;
}

/** What is told of the work: a file is done, or could not be. */
export interface CopyProgress {
  done(): Promise<void>;
  failed(path: string, problem: Problem): void;
}

/**
 * Copies everything of one folder into another. Folders are followed by their ids: what is moved meanwhile is still found,
 * what goes to the trash is left out. A file that an earlier worker copied is not copied again.
 */
export async function copyContent(
  deps: CopyFileDeps,
  caller: Caller,
  task: CopyContentTask,
  progress: CopyProgress,
): Promise<void> {
  const [source, target] = await Promise.all([
    locateFolder(deps.store, task.sourceId),
    locateFolder(deps.store, task.targetId),
  ]);
  if (!source || !target) return;
  for await (const entry of entriesIn(deps.store, source.folderId)) {
    await copyOnce(deps, caller, { task, source, target, entry }, progress);
    await progress.done();
  }
  for await (const { folderId, name } of foldersIn(deps.store, source.folderId)) {
    const below = await ensureFolder(deps, caller, 'files.copy', pathIn(target, name));
    await copyContent(deps, caller, { ...task, sourceId: folderId, targetId: below.folderId }, progress);
  }
}

interface FileCopy {
  readonly task: CopyContentTask;
  readonly source: Folder;
  readonly target: Folder;
  readonly entry: FileEntry;
}

async function copyOnce(
  deps: CopyFileDeps,
  caller: Caller,
  { task, source, target, entry: { name, assetId } }: FileCopy,
  progress: CopyProgress,
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
