import { LIMITS } from '../../contract/limits.ts';
import type { FormFields } from '../kernel/form-fields.ts';
import { formValue } from '../kernel/form-fields.ts';
import { problem } from '../kernel/problems.ts';
import { joinPath, sanitiseFolder, sanitiseName } from './asset-path.ts';
import type { GivenValues } from './custom-fields/field-values.ts';
import type { FileSource } from './file-source.ts';
import { readFileSource } from './file-source.ts';
import { flagOf, isRecord, jsonOf, listOf } from './form-values.ts';
import type { UploadExtras } from './upload-extras.ts';
import { readUploadExtras } from './upload-extras.ts';
import type { UploadForm } from './upload-form.ts';

/** An upload that a client asked for, every parameter checked (ImageKit, "Upload file"). */
export interface UploadRequest extends UploadParameters {
  readonly source: FileSource;
}

/** What it asks for beside the file. */
export interface UploadParameters extends UploadExtras {
  readonly name: string;
  readonly folder: string;
  readonly unique: boolean;
  readonly overwrite: boolean;
  readonly overwriteTags: boolean;
  readonly overwriteAITags: boolean;
  readonly tags?: readonly string[];
  readonly isPrivate?: boolean;
  /** False: a draft, which nobody sees. */
  readonly isPublished?: boolean;
  readonly description?: string;
  readonly customCoordinates?: string;
  /** Values by the names of their fields, not checked yet. */
  readonly customMetadata?: GivenValues;
  readonly overwriteCustomMetadata: boolean;
  readonly responseFields: readonly string[];
  /** Value of the header `If-Match`. */
  readonly ifMatch?: string;
}

/** What signs a form; of one that was signed so, authentication has taken them away. */
const SIGNING = ['publicKey', 'token', 'expire', 'signature'] as const;

const RESPONSE_FIELDS = [
  'tags',
  'customCoordinates',
  'isPrivateFile',
  'isPublished',
  'metadata',
  'embeddedMetadata',
  'customMetadata',
  'selectedFieldsSchema',
] as const;

/** Reads a form. @throws Problem upload.missing-parameter, upload.invalid-parameter or upload.too-large */
export function readUploadRequest({ fields, file }: UploadForm): UploadRequest {
  const parameters = readUploadParameters(fields);
  const source = readFileSource({ fields, ...(file && { file }) }, formValue(fields, 'fileName') ?? '');
  return { ...parameters, source };
}

/** Reads what stands beside the file. @throws Problem upload.missing-parameter or upload.invalid-parameter */
export function readUploadParameters(form: FormFields): UploadParameters {
  refuseSigning(form);
  const fileName = formValue(form, 'fileName');
  if (!fileName) throw problem('upload.missing-parameter', 'The parameter fileName is missing.');
  const unique = flagOf(form, 'useUniqueFileName') ?? true;
  const overwrite = flagOf(form, 'overwriteFile') ?? true;
  return {
    ...readPlace(form, fileName),
    unique,
    overwrite,
    overwriteAITags: flagOf(form, 'overwriteAITags') ?? true,
    overwriteTags: flagOf(form, 'overwriteTags') ?? true,
    overwriteCustomMetadata: flagOf(form, 'overwriteCustomMetadata') ?? true,
    responseFields: readResponseFields(form),
    ...readUploadExtras(form),
    ...readDetails(form),
  };
}

/** A path that is too long is refused here, before it is looked for. */
function readPlace(form: FormFields, fileName: string): Pick<UploadParameters, 'name' | 'folder'> {
  const name = sanitiseName(fileName);
  const folder = sanitiseFolder(formValue(form, 'folder') ?? '/');
  joinPath(folder, name);
  return { name, folder };
}

function readDetails(form: FormFields) {
  const tags = readTags(form);
  const isPrivate = flagOf(form, 'isPrivateFile');
  const isPublished = flagOf(form, 'isPublished');
  const description = formValue(form, 'description');
  if (description && description.length > LIMITS.descriptionCharacters) {
    throw problem(
      'upload.invalid-parameter',
      `description may have at most ${LIMITS.descriptionCharacters} characters, this one has ${description.length}.`,
    );
  }
  const customCoordinates = readCoordinates(form);
  const customMetadata = readCustomMetadata(form);
  return {
    ...(tags && { tags }),
    ...(isPrivate !== undefined && { isPrivate }),
    ...(isPublished !== undefined && { isPublished }),
    ...(description && { description }),
    ...(customCoordinates && { customCoordinates }),
    ...(customMetadata && { customMetadata }),
  };
}

function refuseSigning(form: FormFields): void {
  const given = SIGNING.find((name) => formValue(form, name)?.trim());
  if (given) throw problem('upload.invalid-parameter', `The parameter ${given} does not belong here; leave it out.`);
}

function readTags(form: FormFields): string[] | undefined {
  const tags = listOf(form, 'tags');
  if (tags.some((tag) => tag.includes('%'))) throw problem('upload.invalid-parameter', 'tags may not contain %.');
  const characters = tags.reduce((sum, tag) => sum + tag.length, 0);
  if (characters > LIMITS.tagCharacters) {
    throw problem(
      'upload.invalid-parameter',
      `tags may have at most ${LIMITS.tagCharacters} characters in all, these have ${characters}.`,
    );
  }
  return tags.length ? tags : undefined;
}

function readCoordinates(form: FormFields): string | undefined {
  const value = formValue(form, 'customCoordinates')?.replace(/\s/g, '');
  if (!value) return undefined;
  const numbers = /^\d{1,6}(,\d{1,6}){3}$/.test(value) ? value.split(',').map(Number) : [];
  if (!numbers[2] || !numbers[3]) {
    throw problem(
      'upload.invalid-parameter',
      'customCoordinates has the form x,y,width,height: whole pixels, width and height at least 1.',
    );
  }
  return value;
}

function readCustomMetadata(form: FormFields): GivenValues | undefined {
  const value = jsonOf(form, 'customMetadata');
  if (value === undefined) return undefined;
  if (Buffer.byteLength(formValue(form, 'customMetadata') ?? '') > LIMITS.customMetadataBytes) {
    throw problem('upload.invalid-parameter', `customMetadata may have at most ${LIMITS.customMetadataBytes} bytes.`);
  }
  if (isRecord(value)) return value;
  throw problem('upload.invalid-parameter', 'customMetadata is a JSON object of values by the names of their fields.');
}

function readResponseFields(form: FormFields): string[] {
  const fields = listOf(form, 'responseFields');
  const unknown = fields.find((field) => !(RESPONSE_FIELDS as readonly string[]).includes(field));
  if (unknown !== undefined) {
    throw problem(
      'upload.invalid-parameter',
      `responseFields does not know "${unknown.slice(0, 50)}"; it may name ${RESPONSE_FIELDS.join(', ')}.`,
    );
  }
  return fields;
}
