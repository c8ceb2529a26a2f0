import type { Caller } from '../../kernel/caller.ts';
import type { LargeUpload } from '../store/large-upload-record.ts';
import { missingParts } from './complete-large-upload.ts';
import type { LargeUploadDeps } from './large-upload.ts';
import { findUploaded, requireLargeUpload } from './large-upload.ts';
import type { StoredPart } from './original-parts.ts';

/** How far an upload has come. */
export type LargeUploadState =
  | {
      readonly status: 'pending';
      readonly upload: LargeUpload;
      readonly parts: readonly StoredPart[];
      readonly missing: readonly number[];
    }
  /** Without a file, it was refused, or the file is gone by now. */
  | { readonly status: 'ended'; readonly upload: LargeUpload; readonly fileId?: string };

/** @throws Problem large-upload.missing */
export async function largeUploadState(
  deps: LargeUploadDeps,
  caller: Caller,
  uploadId: string,
): Promise<LargeUploadState> {
  const upload = await requireLargeUpload(deps, caller, uploadId);
  const [intent, parts] = await Promise.all([deps.store.intent(uploadId), deps.parts.list(upload)]);
  if (intent) {
    // Joined and not completed yet: nothing is left to send.
    if (!parts) return { status: 'pending', upload, parts: [], missing: [] };
    return { status: 'pending', upload, parts, missing: missingParts(upload, parts) };
  }
  const file = await findUploaded(deps, caller, upload);
  return { status: 'ended', upload, ...(file && { fileId: file.head.assetId }) };
}
