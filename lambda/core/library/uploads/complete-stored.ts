import { Problem, problem } from '../../kernel/problems.ts';
import type { UploadIntent } from '../asset.ts';
import type { CompletedUpload } from '../upload-file.ts';
import { completeOrUndo, undoUpload } from '../upload-file.ts';
import { examineStored } from './examine-stored.ts';
import type { LargeUploadDeps } from './large-upload.ts';

/**
 * Completes an upload whose bytes its client sent to the storage itself. What is refused for its bytes is removed.
 * @throws Problem large-upload.missing when the bytes are not there, and what an upload is refused for
 */
export async function completeStored(deps: LargeUploadDeps, intent: UploadIntent): Promise<CompletedUpload> {
  const content = await examineStored(deps, intent).catch((error: unknown) => takeBack(deps, intent, error));
  if (!content) throw problem('large-upload.missing', 'The bytes of this upload are not there.');
  const { untransformable, ...stored } = content;
  try {
    const completed = await completeOrUndo(deps, { ...intent, ...stored });
    return { ...completed, ...(untransformable !== undefined && { untransformable }) };
  } catch (error) {
    return takeBack(deps, intent, error);
  }
}

async function takeBack(deps: LargeUploadDeps, intent: UploadIntent, error: unknown): Promise<never> {
  if (error instanceof Problem && error.code !== 'busy') {
    await undoUpload(deps, intent);
    await deps.store.removeLargeUpload(intent.versionId);
  }
  throw error;
}
