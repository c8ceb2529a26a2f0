import type { FormFields } from '../kernel/form-fields.ts';
import { formValue } from '../kernel/form-fields.ts';
import { problem } from '../kernel/problems.ts';

/** A flag. Python's SDKs write `False`. @throws Problem upload.invalid-parameter */
export function flagOf(form: FormFields, name: string): boolean | undefined {
  const value = formValue(form, name)?.trim().toLowerCase();
  if (value === undefined || value === '') return undefined;
  if (value === 'true' || value === 'false') return value === 'true';
  throw problem('upload.invalid-parameter', `${name} may be true or false.`);
}

/**
 * A list: one text with commas, a JSON list, or a parameter that is repeated, as `tags` or as `tags[]`; the SDKs of each language
 * have their own way. Empty texts are none, and what comes twice is there once.
 */
export function listOf(form: FormFields, name: string): string[] {
  const given = [...form].flatMap(([key, values]) => (key.replace(/\[\d*\]$/, '') === name ? values : []));
  const items = given.flatMap((text) => jsonList(text) ?? text.split(','));
  return [...new Set(items.map((item) => item.trim()).filter((item) => item !== ''))];
}

function jsonList(text: string): string[] | undefined {
  if (!text.trim().startsWith('[')) return undefined;
  const value = parsedJson(text);
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
}

/** The value of a JSON text, undefined for none and for what is no JSON. */
export function jsonOf(form: FormFields, name: string): unknown {
  const text = formValue(form, name)?.trim();
  return text ? (parsedJson(text) ?? INVALID) : undefined;
}

/** Is equal to nothing that JSON can say. */
export const INVALID = Symbol('no JSON');

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
