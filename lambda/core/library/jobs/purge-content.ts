import type { Caller } from '../../kernel/caller.ts';
import { removeEntry } from '../files/file-steps.ts';
import { referencesOf } from '../references/references-of.ts';
import type { ChangeDeps } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import type { JobTask } from '../store/library-job.ts';
import { versionsOf } from '../store/numbered-version.ts';
import { filesBelow, foldersIn } from '../tree/walk-folder.ts';
import type { FolderCleaning } from './clean-variants.ts';
import type { JobProgress } from './job-progress.ts';

export interface PurgeContentDeps extends ChangeDeps {
  readonly cleaning: FolderCleaning;
  readonly objects: {
    /** Leaves nothing of an object, older generations included. */
    erase(objectKey: string): Promise<void>;
  };
}

/** Removes a file that nobody sees any more: bytes first, its record last, so that a dead worker's work is found again. */
export async function purgeFile(deps: PurgeContentDeps, caller: Caller, assetId: string): Promise<void> {
  const head = await deps.store.head(assetId);
  if (!head) return;
  const versions = (await versionsOf(deps.store, head)).map(({ version }) => version);
  for (const { objectKey } of versions) await deps.objects.erase(objectKey);
  await deps.store.removeVersions(versions);
  if (head.referenceCount) await deps.store.removeReferences(await referencesOf(deps.store, head));
  await decideAndCommit(deps, caller, async () => {
    const current = await deps.store.head(assetId);
    if (!current) return { unchanged: undefined };
    const { revision, folderId, name } = current;
    const entry = await deps.store.fileEntry(folderId, name);
    return {
      steps: [
        { remove: 'head', key: { assetId }, was: { revision } },
        ...(entry?.assetId === assetId ? [removeEntry(current)] : []),
      ],
      action: 'file.purged',
      object: { kind: 'file', id: assetId },
      before: { folderId, name, versions: versions.length },
      result: undefined,
    };
  });
}

/**
 * Removes all files of a folder that nobody sees any more, and its folders in the last run. What was made of a file goes
 * before it: afterwards nobody would know its path.
 */
export async function purgeFolder(
  deps: PurgeContentDeps,
  caller: Caller,
  { folderId, oldPath, isLastRun }: Extract<JobTask, { type: 'purge-folder' }>,
  progress: JobProgress,
): Promise<void> {
  let files = 0;
  for await (const { entry, path } of filesBelow(deps.store, folderId, oldPath)) {
    await deps.cleaning.removeInFolder(oldPath, [path]);
    await purgeFile(deps, caller, entry.assetId);
    await progress.done(1);
    files++;
  }
  if (files > 0) await deps.cleaning.tellOfFolder(oldPath);
  if (isLastRun) await purgeEmptyFolder(deps, caller, folderId);
}

/** Removes the records of a folder that nobody sees any more, and of those below it. */
export async function purgeEmptyFolder(deps: ChangeDeps, caller: Caller, folderId: string): Promise<void> {
  for await (const { folderId: below } of foldersIn(deps.store, folderId)) await purgeEmptyFolder(deps, caller, below);
  await decideAndCommit(deps, caller, async () => {
    const node = await deps.store.folderNode(folderId);
    if (!node) return { unchanged: undefined };
    const { parentId, name, revision } = node;
    const entry = await deps.store.folderEntry(parentId, name);
    return {
      steps: [
        { remove: 'folderNode', key: { folderId }, was: { revision } },
        ...(entry?.folderId === folderId
          ? [{ remove: 'folderEntry' as const, key: { parentId, name }, was: { folderId } }]
          : []),
      ],
      action: 'folder.purged',
      object: { kind: 'folder', id: folderId },
      before: { parentId, name },
      result: undefined,
    };
  });
}
