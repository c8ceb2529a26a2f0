import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import type { LargeUpload } from '../store/large-upload-record.ts';
import { requireVersion } from '../store/numbered-version.ts';
import type { CompletedUpload } from '../upload-file.ts';
import { completeStored } from './complete-stored.ts';
import type { LargeUploadDeps } from './large-upload.ts';
import { findUploaded, partBytesOf, partCountOf, requireLargeUpload } from './large-upload.ts';
import type { StoredPart } from './original-parts.ts';
import { purgeReplaced } from './purge-replaced.ts';

/** Part numbers that a refusal names. */
const NAMED_PARTS = 20;

/**
 * Completes an upload whose parts are all there. It can be asked for again: what was done stays done, and the answer is the
 * same.
 * @throws Problem large-upload.missing, large-upload.incomplete, and what an upload is refused for; what is refused for its
 * bytes is removed
 */
export async function completeLargeUpload(
  deps: LargeUploadDeps,
  caller: Caller,
  uploadId: string,
): Promise<{ readonly upload: LargeUpload; readonly completed: CompletedUpload }> {
  const upload = await requireLargeUpload(deps, caller, uploadId);
  const intent = await deps.store.intent(uploadId);
  if (!intent) return { upload, completed: await uploadedBefore(deps, caller, upload) };
  await joinParts(deps, upload);
  return { upload, completed: await completeStored(deps, intent) };
}

/** The parts become one object, of the size that was announced. */
async function joinParts(deps: LargeUploadDeps, upload: LargeUpload): Promise<void> {
  const parts = await deps.parts.list(upload);
  // A call before this one joined them; whether the object is there shows when it is read.
  if (!parts) return;
  requireAllParts(upload, parts);
  await deps.parts.join(upload, parts);
}

function requireAllParts(upload: LargeUpload, parts: readonly StoredPart[]): void {
  const missing = missingParts(upload, parts);
  if (missing.length === 0) return;
  const named = missing.slice(0, NAMED_PARTS).join(', ') + (missing.length > NAMED_PARTS ? ' and more' : '');
  throw problem(
    'large-upload.incomplete',
    `${missing.length} of ${partCountOf(upload)} parts are missing or have another size than theirs: ${named}.`,
  );
}

/** Numbers of parts that are not there, or not as large as they must be for the file to have its size. */
export function missingParts(upload: LargeUpload, parts: readonly StoredPart[]): number[] {
  const sizes = new Map(parts.map(({ number, size }) => [number, size]));
  const numbers = Array.from({ length: partCountOf(upload) }, (_, index) => index + 1);
  return numbers.filter((number) => sizes.get(number) !== partBytesOf(upload, number));
}

/** What the event of the storage, or a call whose answer was lost, has completed. */
async function uploadedBefore(deps: LargeUploadDeps, caller: Caller, upload: LargeUpload): Promise<CompletedUpload> {
  const file = await findUploaded(deps, caller, upload);
  if (!file) throw problem('large-upload.missing', 'This upload was refused or removed, or its file is gone by now.');
  const { version, number } = await requireVersion(deps.store, file.head, upload.versionId);
  await purgeReplaced(deps, { file, number });
  return { file, version, number };
}
