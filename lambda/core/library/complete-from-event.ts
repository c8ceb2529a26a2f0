import { versionIdOfForm, versionIdOfKey } from '../../contract/object-keys.ts';
import { Problem } from '../kernel/problems.ts';
import type { UploadIntent } from './asset.ts';
import type { UploadFileDeps } from './upload-file.ts';
import { undoUpload } from './upload-file.ts';
import type { CompleteIntentDeps } from './uploads/complete-intent.ts';
import { completeIntent } from './uploads/complete-intent.ts';
import type { ExamineStoredDeps } from './uploads/examine-stored.ts';
import { examineStored } from './uploads/examine-stored.ts';

export type CompleteFromEventDeps = CompleteIntentDeps & Pick<UploadFileDeps, 'originals'> & ExamineStoredDeps;

/** `foreign`: neither an original's key nor that of a form's bytes. `settled`: nothing was left to complete. */
export type EventOutcome = 'foreign' | 'settled' | 'completed' | 'refused';

/**
 * Completes the upload whose object S3 reports, if its caller did not. Events come at least once and in any order, so
 * every outcome can be run again. An object without an intent is left alone: the reconciler judges it, not an event.
 */
export async function completeFromEvent(deps: CompleteFromEventDeps, objectKey: string): Promise<EventOutcome> {
  const ofForm = versionIdOfForm(objectKey);
  const versionId = ofForm ?? versionIdOfKey(objectKey);
  if (versionId === undefined) return 'foreign';
  const intent = await deps.store.intent(versionId);
  const isMeant = ofForm === undefined ? intent?.objectKey === objectKey : intent?.grantId !== undefined;
  if (!intent || !isMeant || intent.endsAt * 1000 <= deps.clock()) return 'settled';
  try {
    const examined = await examinedOf(deps, intent);
    return examined && (await completeIntent(deps, examined)) ? 'completed' : 'settled';
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'busy') throw error;
    return (await undoUpload(deps, intent)) ? 'refused' : 'settled';
  }
}

/** What a file is that came in parts shows now; of others it was known before. Undefined when its bytes are gone. */
async function examinedOf(deps: CompleteFromEventDeps, intent: UploadIntent): Promise<UploadIntent | undefined> {
  if (!intent.isInParts) return intent;
  const content = await examineStored(deps, intent);
  if (!content) return undefined;
  const { untransformable: _, ...stored } = content;
  return { ...intent, ...stored };
}
