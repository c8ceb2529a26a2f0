import { problem } from '../../kernel/problems.ts';
import type { MetadataValue } from '../store/metadata-value.ts';
import type { CustomField, FieldSchema, FieldType } from './custom-field.ts';

/** Values by the names of their fields; null takes a value away. */
export type GivenValues = Readonly<Record<string, unknown>>;

/** A date, or a moment with its offset (ISO 8601). */
const DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;

/**
 * The values of a new file: what is given, and defaults.
 * @throws Problem custom-metadata.invalid naming the field
 */
export function valuesOfNewFile(fields: readonly CustomField[], given: GivenValues): Record<string, MetadataValue> {
  const values = checkedValues(fields, given);
  const all = fields.filter(({ deletedAt }) => deletedAt === undefined);
  const defaults = all.flatMap(({ name, schema }) =>
    schema.defaultValue === undefined ? [] : [[name, schema.defaultValue] as const],
  );
  const known = { ...Object.fromEntries(defaults), ...values };
  const lacking = all.find(({ name, schema }) => schema.isValueRequired && (known[name] ?? null) === null);
  if (lacking) throw invalid(lacking.name, 'needs a value');
  return withoutNull(known);
}

/**
 * Values that a file is given. Fields that are not named stay as they are.
 * @throws Problem custom-metadata.invalid naming the field
 */
export function checkedValues(
  fields: readonly CustomField[],
  given: GivenValues,
): Record<string, MetadataValue | null> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const field = fields.find((one) => one.name === name && one.deletedAt === undefined);
      if (!field) throw invalid(name, 'is no custom metadata field');
      if (value === null && field.schema.isValueRequired) throw invalid(name, 'needs a value');
      return [name, value === null ? null : checkedValue(name, field.schema, value)];
    }),
  );
}

/** @throws Problem custom-metadata.invalid */
export function checkedValue(name: string, schema: FieldSchema, value: unknown): MetadataValue {
  const fault = RULES[schema.type](schema, value);
  if (fault !== undefined) throw invalid(name, fault);
  return value as MetadataValue;
}

type Rule = (schema: FieldSchema, value: unknown) => string | undefined;

const text: Rule = ({ minLength = 0, maxLength = Number.POSITIVE_INFINITY }, value) => {
  if (typeof value !== 'string') return 'must be text';
  if (value.length < minLength) return `must have at least ${minLength} characters`;
  return value.length > maxLength ? `may have at most ${maxLength} characters` : undefined;
};

const number: Rule = ({ minValue, maxValue }, value) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'must be a number';
  return between(value, minValue, maxValue, Number);
};

const date: Rule = ({ minValue, maxValue }, value) => {
  if (!isDate(value)) return 'must be a date such as 2026-12-31 or 2026-12-31T23:59:00Z';
  return between(value, minValue, maxValue, (moment) => Date.parse(String(moment)));
};

function between<T extends string | number>(
  value: T,
  minimum: string | number | undefined,
  maximum: string | number | undefined,
  order: (value: string | number) => number,
): string | undefined {
  if (minimum !== undefined && order(value) < order(minimum)) return `must be at least ${minimum}`;
  return maximum !== undefined && order(value) > order(maximum) ? `may be at most ${maximum}` : undefined;
}

const oneOption: Rule = ({ selectOptions = [] }, value) =>
  selectOptions.includes(value as string) ? undefined : `must be one of ${optionsOf(selectOptions)}`;

const someOptions: Rule = ({ selectOptions = [] }, value) => {
  const isListOfOptions =
    Array.isArray(value) &&
    new Set(value).size === value.length &&
    value.every((one) => selectOptions.includes(one as string));
  return isListOfOptions ? undefined : `must be a list of different ones of ${optionsOf(selectOptions)}`;
};

const RULES: Readonly<Record<FieldType, Rule>> = {
  Text: text,
  Textarea: text,
  Number: number,
  Date: date,
  Boolean: (_, value) => (typeof value === 'boolean' ? undefined : 'must be true or false'),
  SingleSelect: oneOption,
  MultiSelect: someOptions,
};

/** Options that a message names before it says how many more there are. */
const NAMED = 10;

function optionsOf(options: readonly unknown[]): string {
  const named = options.slice(0, NAMED).map((one) => JSON.stringify(one));
  return named.join(', ') + (options.length > NAMED ? ` and ${options.length - NAMED} more` : '');
}

/** A day that is in its month: `Date.parse` reads 30 February as 2 March. */
export function isDate(value: unknown): value is string {
  if (typeof value !== 'string' || !DATE.test(value) || Number.isNaN(Date.parse(value))) return false;
  const day = value.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

function withoutNull(values: Readonly<Record<string, MetadataValue | null>>): Record<string, MetadataValue> {
  const present = Object.entries(values).filter((entry): entry is [string, MetadataValue] => entry[1] !== null);
  return Object.fromEntries(present);
}

const invalid = (name: string, fault: string) =>
  problem('custom-metadata.invalid', `customMetadata.${name.slice(0, 60)} ${fault}.`);
