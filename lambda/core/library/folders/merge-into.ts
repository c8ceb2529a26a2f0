import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import { newJob } from '../jobs/new-job.ts';
import type { ChangeDeps, Decision } from '../store/decide-and-commit.ts';
import type { LibraryJob } from '../store/library-job.ts';
import type { FolderNode } from '../store/records.ts';
import type { Folder } from '../tree/folder.ts';
import { requireFitBelow } from './require-fit-below.ts';

export interface FolderMerge {
  readonly folder: Folder;
  readonly node: FolderNode;
  /** That it goes into. */
  readonly target: Folder;
}

/**
 * Begins to move a folder onto another of its name: a job brings its files and folders over one by one (ImageKit, "Move folder").
 * @throws Problem folder.exists when it lies in the other one itself, folder.invalid for paths that would be too long
 */
export async function mergeInto(
  deps: ChangeDeps,
  caller: Caller,
  { folder, node, target }: FolderMerge,
  now: string,
): Promise<Decision<LibraryJob>> {
  if (folder.chain.includes(target.folderId)) {
    throw problem('folder.exists', `"${target.path}" exists already, and the folder lies in it.`);
  }
  await requireFitBelow(deps.store, folder, target.path);
  const job = newJob(deps, caller, {
    name: 'MOVE_FOLDER',
    task: {
      type: 'merge-folder',
      sourceId: folder.folderId,
      targetId: target.folderId,
      oldPath: folder.path,
      newPath: target.path,
      isLastRun: false,
    },
    folderIds: target.chain,
    sourceFolderIds: folder.chain,
    now,
  });
  return {
    steps: [
      { check: 'folderNode', key: { folderId: folder.folderId }, was: { revision: node.revision, state: 'live' } },
      { check: 'folderNode', key: { folderId: target.folderId }, was: { state: 'live' } },
      { create: 'job', record: job },
    ],
    action: 'folder.moved',
    object: { kind: 'folder', id: folder.folderId },
    before: { path: folder.path },
    after: { path: target.path, mergedInto: target.folderId },
    result: job,
  };
}
