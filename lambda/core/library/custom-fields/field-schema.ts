import { LIMITS } from '../../../contract/limits.ts';
import { Problem, problem } from '../../kernel/problems.ts';
import type { FieldSchema, FieldType } from './custom-field.ts';
import { checkedValue, isDate } from './field-values.ts';

/** Members that a type has beside `type`, `isValueRequired` and `defaultValue` (ImageKit, "Create new field"). */
const MEMBERS: Readonly<Record<FieldType, readonly (keyof FieldSchema)[]>> = {
  Text: ['minLength', 'maxLength'],
  Textarea: ['minLength', 'maxLength'],
  Number: ['minValue', 'maxValue'],
  Date: ['minValue', 'maxValue'],
  Boolean: [],
  SingleSelect: ['selectOptions'],
  MultiSelect: ['selectOptions'],
};

const OF_EVERY_TYPE: readonly (keyof FieldSchema)[] = ['type', 'isValueRequired', 'defaultValue'];

/**
 * Holds a schema to the rules of its type.
 * @throws Problem custom-field.invalid naming the member
 */
export function requireSchema(schema: FieldSchema): FieldSchema {
  const allowed = [...OF_EVERY_TYPE, ...MEMBERS[schema.type]];
  const given = (Object.keys(schema) as (keyof FieldSchema)[]).filter((name) => schema[name] !== undefined);
  const foreign = given.find((name) => !allowed.includes(name));
  if (foreign !== undefined) {
    throw invalid(foreign, `is not for ${schema.type}, which has ${allowed.slice(1).join(', ')}`);
  }
  requireOptions(schema);
  requireBounds(schema);
  requireDefault(schema);
  return Object.fromEntries(given.map((name) => [name, schema[name]])) as unknown as FieldSchema;
}

function requireOptions({ type, selectOptions }: FieldSchema): void {
  if (!MEMBERS[type].includes('selectOptions')) return;
  const count = selectOptions?.length ?? 0;
  if (count === 0 || count > LIMITS.selectOptions || new Set(selectOptions).size !== count) {
    throw invalid('selectOptions', `must be a list of 1 to ${LIMITS.selectOptions} different texts, numbers or flags`);
  }
}

function requireBounds({ type, minLength, maxLength, minValue, maxValue }: FieldSchema): void {
  if (minLength !== undefined && maxLength !== undefined && minLength > maxLength) {
    throw invalid('minLength', 'may not be more than maxLength');
  }
  for (const [name, value] of Object.entries({ minValue, maxValue })) {
    if (value === undefined) continue;
    if (type === 'Number' && typeof value !== 'number') throw invalid(name, 'must be a number');
    if (type === 'Date' && !isDate(value)) throw invalid(name, 'must be a date such as 2026-12-31');
  }
  if (minValue === undefined || maxValue === undefined) return;
  const order = (value: string | number) => (type === 'Date' ? Date.parse(String(value)) : Number(value));
  if (order(minValue) > order(maxValue)) throw invalid('minValue', 'may not be more than maxValue');
}

function requireDefault(schema: FieldSchema): void {
  if (schema.defaultValue === undefined) {
    if (schema.isValueRequired) throw invalid('defaultValue', 'is needed when isValueRequired is true');
    return;
  }
  try {
    checkedValue('x', schema, schema.defaultValue);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw invalid('defaultValue', error.message.replace(/^\S+ /, '').replace(/\.$/, ''));
  }
}

const invalid = (member: string, rule: string) => problem('custom-field.invalid', `schema.${member} ${rule}.`);
