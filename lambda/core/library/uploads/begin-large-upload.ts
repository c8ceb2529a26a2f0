import { LIMITS } from '../../../contract/limits.ts';
import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import { withSuffix } from '../asset-path.ts';
import { valuesOfNewFileIn } from '../path-policies/values-in-folder.ts';
import type { LargeUpload } from '../store/large-upload-record.ts';
import { requireInFolder } from '../tree/ensure-folder.ts';
import { refuseTakenName } from '../upload-file.ts';
import type { UploadParameters } from '../upload-request.ts';
import type { LargeUploadDeps } from './large-upload.ts';
import { toIntent } from './upload-intent.ts';

export interface LargeUploadRequest {
  readonly parameters: UploadParameters;
  /** Bytes of the whole file. */
  readonly size: number;
  /** Bytes of every part but the last. @default LIMITS.partBytes */
  readonly partSize?: number | undefined;
  /** What the client says that the file is. */
  readonly declaredType?: string | undefined;
}

/**
 * Begins an upload in parts. Everything that can be refused before the bytes are there is refused now; rights are asked for
 * now and hold to its end.
 * @throws Problem upload.too-large, and what an upload is refused for
 */
export async function beginLargeUpload(
  deps: LargeUploadDeps,
  caller: Caller,
  request: LargeUploadRequest,
): Promise<LargeUpload> {
  const { parameters, size, partSize = LIMITS.partBytes, declaredType } = request;
  if (size > LIMITS.largeUploadBytes) {
    throw problem(
      'upload.too-large',
      `A file may have at most ${LIMITS.largeUploadBytes} bytes, this one has ${size}.`,
    );
  }
  const [folder, fields] = await Promise.all([
    requireInFolder(deps.store, caller, 'files.upload', parameters.folder),
    deps.fieldsIn(parameters.folder, Object.keys(parameters.customMetadata ?? {})),
  ]);
  const customMetadata = valuesOfNewFileIn(fields, parameters.customMetadata ?? {});
  await refuseTakenName(deps, parameters, folder);
  const name = parameters.unique ? withSuffix(parameters.name, deps.nameSuffix()) : parameters.name;
  const intent = {
    ...toIntent(
      deps,
      { caller, request: parameters, content: unknownContent(size, declaredType), customMetadata },
      name,
    ),
    isInParts: true,
  };
  const { versionId, objectKey, createdAt, endsAt } = intent;
  const upload: LargeUpload = {
    ...{ versionId, objectKey, name, size, partSize, createdAt, expiresAt: endsAt },
    storageId: await deps.parts.begin(objectKey),
    folder: parameters.folder,
    responseFields: parameters.responseFields,
  };
  await deps.store.addLargeUpload(upload);
  await deps.store.addIntent(intent);
  return upload;
}

/** What a file is can be said when its bytes are there. */
const unknownContent = (size: number, declaredType: string | undefined) => ({
  contentType: 'application/octet-stream',
  fileType: 'non-image' as const,
  size,
  ...(declaredType !== undefined && { declaredType }),
});
