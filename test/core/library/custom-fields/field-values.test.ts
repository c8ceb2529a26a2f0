import { describe, expect, it } from 'vitest';
import type { CustomField, FieldSchema } from '../../../../lambda/core/library/custom-fields/custom-field.ts';
import { checkedValues, valuesOfNewFile } from '../../../../lambda/core/library/custom-fields/field-values.ts';

const field = (name: string, schema: FieldSchema, more: Partial<CustomField> = {}): CustomField => ({
  id: name,
  name,
  label: name,
  schema,
  createdAt: '2026-01-01T00:00:00.000Z',
  ...more,
});

const FIELDS = [
  field('title', { type: 'Text', minLength: 2, maxLength: 4 }),
  field('stock', { type: 'Number', minValue: -1.5, maxValue: 10 }),
  field('shot', { type: 'Date', minValue: '2026-01-01', maxValue: '2026-12-31T23:59:59Z' }),
  field('sold', { type: 'Boolean' }),
  field('licence', { type: 'SingleSelect', selectOptions: ['own', 2, true] }),
  field('rooms', { type: 'MultiSelect', selectOptions: ['hall', 'bath'] }),
  field('gone', { type: 'Text' }, { deletedAt: '2026-01-01T00:00:00.000Z' }),
];

describe('a value is kept', () => {
  it.each([
    ['title', 'abcd'],
    ['stock', -1.5],
    ['stock', 0],
    ['shot', '2026-01-01'],
    ['shot', '2026-12-31T23:59:59Z'],
    ['shot', '2026-06-01T12:00:00+02:00'],
    ['sold', false],
    ['licence', 2],
    ['licence', true],
    ['rooms', ['bath', 'hall']],
    ['rooms', []],
    ['title', null],
  ])('of %s: %j', (name, value) => {
    expect(checkedValues(FIELDS, { [name]: value })).toEqual({ [name]: value });
  });
});

describe('a value is refused with its field and rule', () => {
  it.each([
    ['title', 'a', 'must have at least 2 characters'],
    ['title', 'abcde', 'may have at most 4 characters'],
    ['title', 5, 'must be text'],
    ['stock', -2, 'must be at least -1.5'],
    ['stock', 11, 'may be at most 10'],
    ['stock', '5', 'must be a number'],
    ['stock', Number.POSITIVE_INFINITY, 'must be a number'],
    ['shot', '2025-12-31', 'must be at least 2026-01-01'],
    ['shot', '2026-02-30', 'must be a date'],
    ['shot', 'tomorrow', 'must be a date'],
    ['shot', 20260101, 'must be a date'],
    ['sold', 'true', 'must be true or false'],
    ['licence', 'stock', 'must be one of "own", 2, true'],
    ['licence', '2', 'must be one of'],
    ['rooms', 'hall', 'must be a list of different ones of "hall", "bath"'],
    ['rooms', ['hall', 'hall'], 'must be a list of different ones'],
    ['rooms', ['attic'], 'must be a list of different ones'],
    ['gone', 'x', 'is no custom metadata field'],
    ['unknown', 'x', 'is no custom metadata field'],
    ['__proto__', 'x', 'is no custom metadata field'],
  ])('of %s: %j', (name, value, message) => {
    const given = JSON.parse(JSON.stringify({ x: 0 }).replace('"x":0', `${JSON.stringify(name)}:0`));
    Object.defineProperty(given, name, { value, enumerable: true });

    expect(() => checkedValues(FIELDS, given)).toThrow(
      expect.objectContaining({
        code: 'custom-metadata.invalid',
        status: 400,
        message: expect.stringContaining(`customMetadata.${name} ${message}`),
      }),
    );
  });
});

describe('a new file', () => {
  const fields = [
    field('licence', { type: 'Text', isValueRequired: true, defaultValue: 'own' }),
    field('note', { type: 'Text' }),
  ];

  it('has defaults for what is not given', () => {
    expect(valuesOfNewFile(fields, {})).toEqual({ licence: 'own' });
    expect(valuesOfNewFile(fields, { licence: 'press', note: 'x' })).toEqual({ licence: 'press', note: 'x' });
  });

  it('has no value where null is given, and may not lack a required one', () => {
    expect(valuesOfNewFile(fields, { note: null })).toEqual({ licence: 'own' });
    expect(() => valuesOfNewFile(fields, { licence: null })).toThrow('customMetadata.licence needs a value.');
  });
});
