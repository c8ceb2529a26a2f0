import { onBehalfOf } from '../../accounts/owner.ts';
import type { Caller } from '../../kernel/caller.ts';
import { Problem } from '../../kernel/problems.ts';
import type { EndItems, EndItemsDeps } from '../jobs/end-items.ts';
import type { JobProgress } from '../jobs/job-progress.ts';
import type { TrashedItem } from '../store/records.ts';
import { ROOT_FOLDER } from '../store/records.ts';
import { pathIn } from '../tree/folder.ts';
import { entriesIn, foldersIn } from '../tree/walk-folder.ts';
import { listTrash } from './list-trash.ts';
import { purgeTrashed } from './purge-trashed.ts';
import { trashFile } from './trash-file.ts';
import { trashFolder } from './trash-folder.ts';

export const endItems: EndItems = async (deps, actor, task, progress) => {
  if (task.type === 'delete-everything') return endEverything(deps, onBehalfOf(actor), progress);
  return endTrashed(deps, onBehalfOf(actor, task.within), ({ trashedAt }) => trashedAt <= task.until, progress);
};

/** What is done is in the trash no more, so a worker that takes over goes on by itself. */
async function endTrashed(
  deps: EndItemsDeps,
  caller: Caller,
  isMeant: (item: TrashedItem) => boolean,
  progress: JobProgress,
): Promise<void> {
  for (const item of (await listTrash(deps, caller)).filter(isMeant)) {
    await unlessGone(async () => endOne(deps, caller, item.id, progress));
  }
}

/** Everything goes through the trash: whatever is cut short is delivered nowhere. */
async function endEverything(deps: EndItemsDeps, caller: Caller, progress: JobProgress): Promise<void> {
  for await (const { name, folderId } of foldersIn(deps.store, ROOT_FOLDER)) {
    await unlessGone(async () => void (await trashFolder(deps, caller, pathIn({ path: '/' }, name))));
    await unlessGone(async () => endOne(deps, caller, folderId, progress));
  }
  for await (const { assetId } of entriesIn(deps.store, ROOT_FOLDER)) {
    await unlessGone(async () => trashFile(deps, caller, { fileId: assetId }));
    await unlessGone(async () => endOne(deps, caller, assetId, progress));
  }
  await endTrashed(deps, caller, () => true, progress);
}

async function endOne(deps: EndItemsDeps, caller: Caller, id: string, progress: JobProgress): Promise<void> {
  const after = await deps.run(await purgeTrashed(deps, caller, id));
  await progress.done(Math.max(1, after?.done ?? 0));
}

const GONE = ['trash.missing', 'file.missing', 'folder.missing'];

/** Somebody else may restore, move or end it meanwhile. */
async function unlessGone(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Problem) || !GONE.includes(error.code)) throw error;
  }
}
