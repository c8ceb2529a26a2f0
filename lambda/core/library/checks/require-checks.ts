import { problem } from '../../kernel/problems.ts';
import type { Content } from '../asset.ts';
import type { CustomField } from '../custom-fields/custom-field.ts';
import type { MetadataValue } from '../store/metadata-value.ts';
import type { UploadParameters } from '../upload-request.ts';
import { CUSTOM_PREFIX } from './check-fields.ts';
import type { CheckedUpload } from './meets-check.ts';
import { meetsCheck } from './meets-check.ts';

export interface ExaminedUpload {
  readonly request: UploadParameters;
  readonly content: Content;
  readonly customMetadata: Readonly<Record<string, MetadataValue>>;
  readonly fields: readonly CustomField[];
}

/** Refuses an upload that does not meet what `checks` asks for. @throws Problem upload.check-failed */
export function requireChecks(upload: ExaminedUpload): void {
  const { checks } = upload.request;
  if (!checks || meetsCheck(checks, checkedUpload(upload))) return;
  throw problem(
    'upload.check-failed',
    'The file or its parameters do not meet what checks asks for. Nothing was stored.',
  );
}

function checkedUpload({ request, content, customMetadata, fields }: ExaminedUpload): CheckedUpload {
  const custom = Object.entries(customMetadata).map(([name, value]) => [`${CUSTOM_PREFIX}${name}`, value] as const);
  return {
    values: { ...requestValues(request), ...contentValues(content), ...Object.fromEntries(custom) },
    types: new Map(fields.filter(({ deletedAt }) => !deletedAt).map(({ name, schema }) => [name, schema.type])),
  };
}

const requestValues = (request: UploadParameters) => ({
  'request.fileName': request.name,
  'request.folder': request.folder,
  'request.customCoordinates': request.customCoordinates,
  'request.webhookUrl': request.webhookUrl,
  'request.useUniqueFileName': request.unique,
  'request.isPrivateFile': request.isPrivate ?? false,
  'request.isPublished': request.isPublished ?? true,
  'request.overwriteFile': request.overwrite,
  'request.overwriteAITags': request.overwriteAITags,
  'request.overwriteTags': request.overwriteTags,
  'request.overwriteCustomMetadata': request.overwriteCustomMetadata,
  'request.tags': request.tags,
});

const contentValues = ({ contentType, size, width, height }: Content) => ({
  'file.size': size,
  'file.mime': contentType,
  'mediaMetadata.width': width,
  'mediaMetadata.height': height,
});
