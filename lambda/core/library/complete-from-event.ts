import { versionIdOfKey } from '../../contract/object-keys.ts';
import { Problem } from '../kernel/problems.ts';
import { completeUpload } from './complete-upload.ts';
import { purgeReplaced } from './purge-replaced.ts';
import type { UploadFileDeps } from './upload-file.ts';
import { undoUpload } from './upload-file.ts';

export type CompleteFromEventDeps = Pick<
  UploadFileDeps,
  'library' | 'originals' | 'variants' | 'clock' | 'pause' | 'random' | 'report' | 'hasOrigins' | 'makeEvent'
>;

/** `foreign`: not an original's key. `settled`: nothing was left to complete. */
export type EventOutcome = 'foreign' | 'settled' | 'completed' | 'refused';

/**
 * Completes the upload whose object S3 reports, if its caller did not. Events come at least once and in any order, so
 * every outcome can be run again. An object without an intent is left alone: the reconciler judges it, not an event.
 */
export async function completeFromEvent(deps: CompleteFromEventDeps, objectKey: string): Promise<EventOutcome> {
  const versionId = versionIdOfKey(objectKey);
  if (versionId === undefined) return 'foreign';
  const outcome = await completeByIntent(deps, versionId, objectKey);
  await purgeReplaced(deps, versionId);
  return outcome;
}

async function completeByIntent(
  deps: CompleteFromEventDeps,
  versionId: string,
  objectKey: string,
): Promise<EventOutcome> {
  const intent = await deps.library.findIntent(versionId);
  if (!intent || intent.objectKey !== objectKey || intent.expiresAt * 1000 <= deps.clock()) return 'settled';
  try {
    return (await completeUpload(deps, intent)) ? 'completed' : 'settled';
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'busy') throw error;
    return (await undoUpload(deps, intent)) ? 'refused' : 'settled';
  }
}
