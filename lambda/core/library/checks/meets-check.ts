import { problem } from '../../kernel/problems.ts';
import type { FieldType } from '../custom-fields/custom-field.ts';
import type { Check, CheckComparison, CheckValue } from './check.ts';
import type { CheckOperator, FieldKind } from './check-fields.ts';
import { CHECK_FIELDS, CHECK_OPERATORS_OF, CUSTOM_PREFIX } from './check-fields.ts';

/** What is known of an upload, by the names of the fields; what it does not have is missing. */
export interface CheckedUpload {
  readonly values: Readonly<Record<string, CheckValue | readonly CheckValue[] | undefined>>;
  /** Types of the custom metadata fields that there are, by their names. */
  readonly types: ReadonlyMap<string, FieldType>;
}

type Given = CheckValue | readonly CheckValue[] | undefined;

/**
 * Whether an upload meets a condition. What it does not have is equal to nothing and in no list, so only the negations hold.
 * @throws Problem upload.invalid-parameter for a custom field that is not there, or is compared in a way that it is not
 */
export function meetsCheck(check: Check, upload: CheckedUpload): boolean {
  if (check.kind === 'all') return check.of.map((one) => meetsCheck(one, upload)).every(Boolean);
  if (check.kind === 'any') return check.of.map((one) => meetsCheck(one, upload)).some(Boolean);
  const kind = kindOf(check, upload);
  const { operator, field } = check;
  const given = Object.hasOwn(upload.values, field) ? upload.values[field] : undefined;
  if (operator.startsWith('NOT ')) return !holds(kind, given, operator.slice(4) as CheckOperator, check.values);
  return holds(kind, given, operator, check.values);
}

const KINDS: Readonly<Record<FieldType, FieldKind>> = {
  Text: 'text',
  Textarea: 'text',
  Number: 'number',
  Date: 'moment',
  Boolean: 'flag',
  // Options may be numbers, which have an order.
  SingleSelect: 'moment',
  MultiSelect: 'list',
};

function kindOf({ field, operator }: CheckComparison, { types }: CheckedUpload): FieldKind {
  const known = CHECK_FIELDS[field];
  if (known) return known;
  const name = field.slice(CUSTOM_PREFIX.length);
  const type = types.get(name);
  if (!type) throw problem('upload.invalid-parameter', `checks: "${name.slice(0, 60)}" is no custom metadata field.`);
  const kind = KINDS[type];
  if (CHECK_OPERATORS_OF[kind].includes(operator)) return kind;
  const allowed = CHECK_OPERATORS_OF[kind].join(', ');
  throw problem('upload.invalid-parameter', `checks may compare ${field} with ${allowed}, not with ${operator}.`);
}

function holds(kind: FieldKind, given: Given, operator: CheckOperator, wanted: readonly CheckValue[]): boolean {
  if (given === undefined) return false;
  const [first = ''] = wanted;
  if (operator === 'IN' || operator === 'HAS') {
    return [given].flat().some((one) => wanted.some((other) => isEqual(kind, one as CheckValue, other)));
  }
  const [value = ''] = [given].flat() as CheckValue[];
  if (operator === '=') return isEqual(kind, value, first);
  if (operator === ':') return begins(kind, String(value), String(first));
  const difference = compare(kind, value, first);
  return { '<': difference < 0, '<=': difference <= 0, '>': difference > 0, '>=': difference >= 0 }[operator as '<'];
}

const isEqual = (kind: FieldKind, value: CheckValue, wanted: CheckValue): boolean => compare(kind, value, wanted) === 0;

/** A folder begins with another when it is that folder, or below it. */
function begins(kind: FieldKind, value: string, start: string): boolean {
  if (kind !== 'folder') return value.startsWith(start);
  const folder = asFolder(start);
  return folder === '/' || value === folder || value.startsWith(`${folder}/`);
}

/** @returns NaN for what cannot be compared: then nothing holds */
function compare(kind: FieldKind, value: CheckValue, wanted: CheckValue): number {
  switch (kind) {
    case 'bytes':
      return Number(value) - bytesOf(wanted);
    case 'number':
      return Number(value) - Number(wanted);
    case 'flag':
      return Number(value === true) - Number(String(wanted).toLowerCase() === 'true');
    case 'folder':
      return inOrder(String(value), asFolder(String(wanted)));
    case 'moment':
      return byOrder(value, wanted);
    default:
      return inOrder(String(value), String(wanted));
  }
}

/** Numbers as numbers, dates as moments, else as texts. */
function byOrder(value: CheckValue, wanted: CheckValue): number {
  if (typeof value === 'number') return value - Number(wanted);
  const [one, other] = [Date.parse(String(value)), Date.parse(String(wanted))];
  return Number.isNaN(one) || Number.isNaN(other) ? inOrder(String(value), String(wanted)) : one - other;
}

const inOrder = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);

const asFolder = (path: string): string => `/${path.split('/').filter(Boolean).join('/')}`;

const UNITS: Readonly<Record<string, number>> = { '': 1, b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/** Bytes of a number, or of a text such as `10kb`; a kilobyte has 1024. */
function bytesOf(wanted: CheckValue): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*(b|kb|mb|gb|)$/i.exec(String(wanted)) ?? [];
  return amount === undefined ? Number.NaN : Number(amount) * (UNITS[unit.toLowerCase()] ?? Number.NaN);
}
