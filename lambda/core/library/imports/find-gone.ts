import { problem } from '../../kernel/problems.ts';
import type { ImportTask } from '../jobs/import-bucket.ts';
import type { HeldJob } from '../jobs/job-progress.ts';
import type { PinnedObject } from '../pinned-object.ts';
import { pinnedObject } from '../pinned-object.ts';
import type { WalkedFile, WalkPlace } from '../tree/walk-folder.ts';
import { filesBelow } from '../tree/walk-folder.ts';
import type { ImportObjectDeps, RunningImport } from './import-object.ts';
import { noteGone } from './note-gone.ts';

/** Files that are asked about side by side. */
const SIDE_BY_SIDE = 16;

/**
 * Names the files below the import's folder whose object is not in its bucket any more, and notes it at each. None of them is
 * deleted: what that means is for people to say.
 * @throws OutOfTime, Problem origin.not-found, origin.unreachable or origin.late
 */
export async function findGone(
  deps: ImportObjectDeps,
  held: HeldJob,
  { task, folder, caller }: RunningImport,
  after: WalkPlace,
): Promise<void> {
  let some: WalkedFile[] = [];
  for await (const file of filesBelow(deps.store, folder.folderId, folder.path, after)) {
    some.push(file);
    if (some.length < SIDE_BY_SIDE) continue;
    await askAbout(deps, held, { from: task.from, caller }, some);
    some = [];
  }
  await askAbout(deps, held, { from: task.from, caller }, some);
}

async function askAbout(
  deps: ImportObjectDeps,
  held: HeldJob,
  { from: { originId, prefix }, caller }: Pick<RunningImport, 'caller'> & Pick<ImportTask, 'from'>,
  files: readonly WalkedFile[],
): Promise<void> {
  const isMeant = (pin: PinnedObject) => pin.originId === originId && pin.key.startsWith(prefix);
  await Promise.all(
    files.map(async ({ entry, path }) => {
      const pin = pinnedObject(entry.objectKey);
      if (!pin || !isMeant(pin) || (await deps.source.look(pin, 1)) !== 'gone') return;
      await noteGone(deps, caller, entry, true);
      held.count('gone');
      held.failed(path, problem('file.missing', 'It is not at its origin any more; the library keeps its record.'));
    }),
  );
  await held.done(0, files.at(-1)?.place);
}
