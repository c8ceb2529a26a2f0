import { problem } from '../../kernel/problems.ts';
import type { Content, UploadIntent } from '../asset.ts';
import type { ContentTools } from '../file-content.ts';
import { bytesToExamine, readContent } from '../file-content.ts';
import { refuseForImagesOnly } from '../upload-file.ts';
import type { OriginalParts } from './original-parts.ts';

export interface ExamineStoredDeps extends ContentTools {
  readonly parts: Pick<OriginalParts, 'readBeginning' | 'keepForm'>;
}

/**
 * Finds out what a file is that came in parts or by a form, by the bytes that are stored by then. A picture that is too large to be
 * transformed is not decoded: it is delivered as it is.
 * @returns undefined when the bytes are not there
 * @throws Problem busy, or that an upload with these bytes is refused for
 */
export async function examineStored(deps: ExamineStoredDeps, intent: UploadIntent): Promise<Content | undefined> {
  const { objectKey, name, size, declaredType, onlyTypes, customCoordinates, post } = intent;
  // A form can be sent again after its bytes were looked at, so these are never the bytes of the file.
  if (intent.grantId !== undefined) await deps.parts.keepForm(intent);
  const found = await deps.parts.readBeginning(objectKey, bytesToExamine(size));
  if (!found) return undefined;
  const content = await readContent(deps, found.bytes, name, declaredType, found.size);
  refuseForImagesOnly({ ...(customCoordinates && { customCoordinates }), ...(post && { post }) }, content);
  if (onlyTypes) refuseOtherTypes(content, onlyTypes);
  return content;
}

function refuseOtherTypes({ contentType }: Content, allowed: readonly string[]): void {
  if (allowed.includes(contentType) || allowed.includes(contentType.replace(/\/.*/, '/*'))) return;
  throw problem('upload.type-differs', `The file is ${contentType}; only ${allowed.join(', ')} may be uploaded here.`);
}
