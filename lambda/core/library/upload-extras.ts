import { LIMITS } from '../../contract/limits.ts';
import type { FormFields } from '../kernel/form-fields.ts';
import { formValue } from '../kernel/form-fields.ts';
import type { Problem } from '../kernel/problems.ts';
import { problem } from '../kernel/problems.ts';
import type { Check } from './checks/check.ts';
import { readCheck } from './checks/read-check.ts';
import { isRecord, jsonOf } from './form-values.ts';
import type { AskedExtension } from './saved-extensions/asked-extensions.ts';
import { SAVED_EXTENSION } from './saved-extensions/asked-extensions.ts';
import { EXTENSION_NAMES } from './saved-extensions/saved-extension.ts';

/** What is to be done with a file on its way in, beside storing it. */
export interface UploadExtras {
  /** Transformation whose result is stored instead of the file. */
  readonly pre?: string;
  /** Transformations that are rendered after the answer. */
  readonly post: readonly string[];
  /** What the upload must meet. */
  readonly checks?: Check;
  /** Who is told what became of the extensions. */
  readonly webhookUrl?: string;
  readonly extensions: readonly AskedExtension[];
}

/** ImageKit's extensions ("Upload file", `extensions`). */
const EXTENSIONS: readonly string[] = [...EXTENSION_NAMES, SAVED_EXTENSION];

/** Steps after an upload that make videos, or a picture of one. */
const VIDEO_STEPS = ['gif-to-video', 'thumbnail', 'abs'];

const invalid = (message: string): Problem => problem('upload.invalid-parameter', message);

/** @throws Problem upload.invalid-parameter */
export function readUploadExtras(form: FormFields): UploadExtras {
  const checks = formValue(form, 'checks')?.trim();
  const webhookUrl = readWebhookUrl(form);
  return {
    ...readTransformation(jsonOf(form, 'transformation')),
    ...(checks && { checks: readCheck(checks) }),
    ...(webhookUrl && { webhookUrl }),
    extensions: readExtensions(jsonOf(form, 'extensions')),
  };
}

function readWebhookUrl(form: FormFields): string | undefined {
  const value = formValue(form, 'webhookUrl')?.trim();
  if (!value || (/^https?:\/\//i.test(value) && URL.canParse(value))) return value;
  throw invalid('webhookUrl must be an http or https URL.');
}

function readExtensions(value: unknown): AskedExtension[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw invalid(extensionRule(undefined));
  return value.map((one) => {
    const { name, id } = isRecord(one) ? one : {};
    if (typeof name !== 'string' || !EXTENSIONS.includes(name)) throw invalid(extensionRule(name));
    if (name !== SAVED_EXTENSION) return { name };
    if (typeof id !== 'string') throw invalid(`extensions: a ${SAVED_EXTENSION} needs its id.`);
    return { name, id };
  });
}

function extensionRule(name: unknown): string {
  const unknown = typeof name === 'string' ? `; it does not know "${name.slice(0, 60)}"` : '';
  return `extensions is a JSON list of objects, each with a name of ${EXTENSIONS.join(', ')}${unknown}.`;
}

function readTransformation(value: unknown): Pick<UploadExtras, 'pre' | 'post'> {
  if (value === undefined) return { post: [] };
  if (!isRecord(value)) throw invalid('transformation is a JSON object with pre, post or both.');
  const { pre, post = [], ...others } = value;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw invalid(`transformation may have pre and post, not "${unknown.slice(0, 60)}".`);
  if (pre !== undefined && (typeof pre !== 'string' || !isOfTransformationLength(pre))) {
    throw invalid(`transformation.pre is text of 1 to ${LIMITS.namedTransformationCharacters} characters.`);
  }
  if (!Array.isArray(post) || post.length > LIMITS.postTransformations) {
    throw invalid(`transformation.post is a list of at most ${LIMITS.postTransformations} steps.`);
  }
  return { ...(typeof pre === 'string' && { pre }), post: post.map(readPostStep) };
}

function readPostStep(step: unknown): string {
  const { type, value } = isRecord(step) ? step : {};
  if (type === 'transformation') {
    if (typeof value === 'string' && isOfTransformationLength(value)) return value;
    throw invalid('transformation.post: a step of type transformation needs a value, such as w-300,h-200.');
  }
  if (VIDEO_STEPS.includes(type as string)) {
    throw invalid(
      `transformation.post: ${type} makes a video or a picture of one, and videos are not transformed here.`,
    );
  }
  throw invalid('transformation.post: the type of a step is transformation.');
}

const isOfTransformationLength = (text: string): boolean =>
  text.trim() !== '' && text.length <= LIMITS.namedTransformationCharacters;
