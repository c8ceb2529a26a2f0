import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import type { LargeUploadDeps } from './large-upload.ts';
import { partBytesOf, partCountOf, requireLargeUpload } from './large-upload.ts';
import type { PartToSign, SignedPart } from './original-parts.ts';

/**
 * Signs URLs for parts, also for ones that were signed before: after a reload, or when the hour of the first ones is over.
 * @throws Problem large-upload.missing, large-upload.ended, or input.invalid for a part that the upload does not have
 */
export async function signParts(
  deps: LargeUploadDeps,
  caller: Caller,
  uploadId: string,
  parts: readonly Pick<PartToSign, 'number' | 'sha256'>[],
): Promise<readonly SignedPart[]> {
  const upload = await requireLargeUpload(deps, caller, uploadId);
  const count = partCountOf(upload);
  const beyond = parts.find(({ number }) => number > count);
  if (beyond)
    throw problem('input.invalid', `parts: number ${beyond.number} is too high; this upload has ${count} parts.`);
  if (!(await deps.store.intent(uploadId))) {
    throw problem('large-upload.ended', 'This upload is over: no part of it can be sent any more.');
  }
  return Promise.all(
    parts.map(({ number, sha256 }) => deps.parts.sign(upload, { number, sha256, size: partBytesOf(upload, number) })),
  );
}
