import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import type { LargeUploadDeps } from './large-upload.ts';
import { requireLargeUpload } from './large-upload.ts';

/**
 * Removes an upload and the parts that it has. The intent decides, as with every upload that is taken back.
 * @throws Problem large-upload.missing, or large-upload.ended for one that has become a file
 */
export async function abortLargeUpload(deps: LargeUploadDeps, caller: Caller, uploadId: string): Promise<void> {
  const upload = await requireLargeUpload(deps, caller, uploadId);
  const intent = await deps.store.intent(uploadId);
  if (!intent || !(await deps.store.endIntent(intent))) {
    throw problem('large-upload.ended', 'This upload is over already: it has become a file, or was refused.');
  }
  await deps.parts.abort(upload);
  // It may have been joined, and not completed, before.
  await deps.originals.erase(upload.objectKey);
  await deps.store.removeLargeUpload(uploadId);
}
