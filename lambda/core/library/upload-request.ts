import { LIMITS } from '../../contract/limits.ts';
import type { FormFields } from '../kernel/form-fields.ts';
import { formValue } from '../kernel/form-fields.ts';
import { problem } from '../kernel/problems.ts';
import { joinPath, sanitiseFolder, sanitiseName } from './asset-path.ts';
import type { GivenValues } from './custom-fields/field-values.ts';
import type { FileSource } from './file-source.ts';
import { readFileSource } from './file-source.ts';
import type { UploadForm } from './upload-form.ts';

/** An upload that a client asked for, every parameter checked (ImageKit, "Upload file"). */
export interface UploadRequest extends UploadParameters {
  readonly source: FileSource;
}

/** What it asks for beside the file. */
export interface UploadParameters {
  readonly name: string;
  readonly folder: string;
  readonly unique: boolean;
  readonly overwrite: boolean;
  readonly overwriteTags: boolean;
  readonly tags?: readonly string[];
  readonly isPrivate?: boolean;
  readonly description?: string;
  readonly customCoordinates?: string;
  /** Values by the names of their fields, not checked yet. */
  readonly customMetadata?: GivenValues;
  readonly overwriteCustomMetadata: boolean;
  readonly responseFields: readonly string[];
}

/**
 * Parameters of ImageKit that this product does not act on; refused, because dropping them would change results. Those that
 * sign a form are gone from one that they signed.
 */
const UNSUPPORTED = [
  'publicKey',
  'token',
  'expire',
  'signature',
  'extensions',
  'webhookUrl',
  'transformation',
  'checks',
] as const;

const RESPONSE_FIELDS = [
  'tags',
  'customCoordinates',
  'isPrivateFile',
  'isPublished',
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
  refuseUnsupported(form);
  const fileName = formValue(form, 'fileName');
  if (!fileName) throw problem('upload.missing-parameter', 'The parameter fileName is missing.');
  const unique = flag(form, 'useUniqueFileName') ?? true;
  const overwrite = flag(form, 'overwriteFile') ?? true;
  flag(form, 'overwriteAITags');
  return {
    ...readPlace(form, fileName),
    unique,
    overwrite,
    overwriteTags: flag(form, 'overwriteTags') ?? true,
    overwriteCustomMetadata: flag(form, 'overwriteCustomMetadata') ?? true,
    responseFields: readResponseFields(form),
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
  const isPrivate = flag(form, 'isPrivateFile');
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
    ...(description && { description }),
    ...(customCoordinates && { customCoordinates }),
    ...(customMetadata && { customMetadata }),
  };
}

function refuseUnsupported(form: FormFields): void {
  for (const name of UNSUPPORTED) {
    const value = formValue(form, name)?.trim();
    if (value && value !== '{}' && value !== '[]') {
      throw problem('upload.invalid-parameter', `The parameter ${name} is not supported; leave it out.`);
    }
  }
  if (flag(form, 'isPublished') === false) {
    throw problem('upload.invalid-parameter', 'isPublished may only be true: drafts are not supported.');
  }
}

function flag(form: FormFields, name: string): boolean | undefined {
  const value = formValue(form, name);
  if (value === undefined || value === '') return undefined;
  if (value === 'true' || value === 'false') return value === 'true';
  throw problem('upload.invalid-parameter', `${name} may be true or false.`);
}

const list = (value: string | undefined): string[] =>
  (value ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

function readTags(form: FormFields): string[] | undefined {
  const tags = [...new Set(list(formValue(form, 'tags')))];
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
  const text = formValue(form, 'customMetadata')?.trim();
  if (!text) return undefined;
  if (Buffer.byteLength(text) > LIMITS.customMetadataBytes) {
    throw problem('upload.invalid-parameter', `customMetadata may have at most ${LIMITS.customMetadataBytes} bytes.`);
  }
  const value = parsedJson(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as GivenValues;
  throw problem('upload.invalid-parameter', 'customMetadata is a JSON object of values by the names of their fields.');
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readResponseFields(form: FormFields): string[] {
  const fields = list(formValue(form, 'responseFields'));
  const unknown = fields.find((field) => !(RESPONSE_FIELDS as readonly string[]).includes(field));
  if (unknown !== undefined) {
    throw problem(
      'upload.invalid-parameter',
      `responseFields does not know "${unknown.slice(0, 50)}"; it may name ${RESPONSE_FIELDS.join(', ')}.`,
    );
  }
  return fields;
}
