import type { Caller } from '../../kernel/caller.ts';
import { fileById } from '../files/library-file.ts';
import type { RunJobsDeps } from '../jobs/run-jobs.ts';
import { runJob } from '../jobs/run-jobs.ts';
import type { ChangeDeps } from '../store/decide-and-commit.ts';
import type { LibraryJob } from '../store/library-job.ts';
import { purgeTrashed } from './purge-trashed.ts';
import type { TrashFileInput } from './trash-file.ts';
import { trashFile } from './trash-file.ts';

/**
 * Deletes a file so that no byte of it is left when this returns. The trash comes first: whatever is cut short, the file is
 * delivered nowhere, and the minute's run finishes.
 * @throws Problem file.missing, file.changed or permission.missing
 */
export async function deleteForever(deps: RunJobsDeps, caller: Caller, input: TrashFileInput): Promise<void> {
  await runJob(deps, await endFile(deps, caller, input));
}

/**
 * Ends a file: it is delivered nowhere and cannot be restored from then on.
 * @returns the job that removes every byte of it
 * @throws Problem file.missing, file.changed or permission.missing
 */
export async function endFile(deps: ChangeDeps, caller: Caller, input: TrashFileInput): Promise<LibraryJob> {
  await fileById(deps.store, caller, 'files.purge', input.fileId);
  await trashFile(deps, caller, input);
  return purgeTrashed(deps, caller, input.fileId);
}
