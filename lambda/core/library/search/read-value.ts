import type { SearchValue } from './query.ts';
import type { ScannedText } from './query-scanner.ts';
import { readArea } from './read-area.ts';
import type { ValueKind } from './search-fields.ts';
import { ASSET_TYPES, FORMATS } from './search-fields.ts';

/** A value, or undefined and what is expected instead. */
export interface ReadValue {
  readonly value: SearchValue | undefined;
  readonly expected: string;
}

/** Amounts of relative times; more would leave what a date can say. */
const LONGEST_AGO = 9999;

const UNITS = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 } as const;

const DATE =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):?[0-5]\d)?)?$/;

const EXPECTED: Readonly<Record<ValueKind, string>> = {
  text: 'a text',
  path: 'the path of a folder',
  type: `one of ${ASSET_TYPES.join(', ')}`,
  format: `one of ${FORMATS.join(', ')}`,
  number: 'a number',
  bytes: 'a number of bytes, or a size such as "2mb"',
  moment: 'a date such as "2026-12-31", a time such as "2026-12-31T23:59:00Z", or "30d" (h, d, w, m, y)',
  flag: 'true or false',
  option: 'a text, a number, true or false',
  area: 'an area: "lat,lng km", "lat,lng|lat,lng", or four corners',
};

const READERS: Readonly<Record<ValueKind, (scanned: ScannedText) => SearchValue | undefined>> = {
  text: ({ text }) => textValue(text.normalize('NFC')),
  path: ({ text }) => textValue(withSlashes(text.normalize('NFC'))),
  type: ({ text }) => oneOf(ASSET_TYPES, text),
  format: ({ text }) => oneOf(FORMATS, text.toLowerCase() === 'jpeg' ? 'jpg' : text.toLowerCase()),
  number: ({ text }) => numberValue(text),
  bytes: ({ text }) => readBytes(text),
  moment: ({ text }) => readMoment(text),
  flag: ({ text }) => readFlag(text),
  option: ({ text, isQuoted }) =>
    (isQuoted ? undefined : (readFlag(text) ?? numberValue(text))) ?? textValue(text.normalize('NFC')),
  area: ({ text }) => readArea(text),
};

/** Reads a value as its field has it. */
export const readSearchValue = (kind: ValueKind, scanned: ScannedText): ReadValue => ({
  value: READERS[kind](scanned),
  expected: EXPECTED[kind],
});

/** A folder's path with slashes around it, so that a beginning of it is a folder above. */
export function withSlashes(path: string): string {
  const levels = path.split('/').filter((level) => level !== '');
  return levels.length === 0 ? '/' : `/${levels.join('/')}/`;
}

const textValue = (text: string): SearchValue => ({ kind: 'text', text });

const oneOf = (allowed: readonly string[], text: string): SearchValue | undefined =>
  allowed.includes(text) ? textValue(text) : undefined;

function numberValue(text: string): SearchValue | undefined {
  if (!/^[+-]?\d{1,15}(\.\d{1,15})?$/.test(text)) return undefined;
  // Plus nothing: -0 and 0 are one number.
  return { kind: 'number', number: Number(text) + 0 };
}

function readBytes(text: string): SearchValue | undefined {
  const [, amount = '', unit = 'b'] = /^(\d{1,15}(?:\.\d{1,9})?)\s*(b|kb|mb|gb)?$/i.exec(text) ?? [];
  if (amount === '') return undefined;
  return { kind: 'number', number: Number(amount) * UNITS[unit.toLowerCase() as keyof typeof UNITS] };
}

function readFlag(text: string): SearchValue | undefined {
  return text === 'true' || text === 'false' ? { kind: 'flag', flag: text === 'true' } : undefined;
}

/** A date without a time is midnight in UTC; so is a time without an offset in UTC. */
function readMoment(text: string): SearchValue | undefined {
  const [, amount, unit] = /^(\d{1,9})([hdwmy])$/.exec(text) ?? [];
  if (amount !== undefined && Number(amount) <= LONGEST_AGO) {
    return { kind: 'ago', amount: Number(amount), unit: unit as 'h' };
  }
  if (!DATE.test(text)) return undefined;
  const at = Date.parse(/T.*(Z|[+-]\d\d:?\d\d)$/.test(text) || !text.includes('T') ? text : `${text}Z`);
  return Number.isNaN(at) || !isDay(text) ? undefined : { kind: 'moment', at };
}

/** `Date.parse` reads 30 February as 2 March. */
function isDay(text: string): boolean {
  const day = text.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}
