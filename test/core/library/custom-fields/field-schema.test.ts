import { describe, expect, it } from 'vitest';
import type { FieldSchema } from '../../../../lambda/core/library/custom-fields/custom-field.ts';
import { requireSchema } from '../../../../lambda/core/library/custom-fields/field-schema.ts';

describe('a schema holds', () => {
  it.each<[FieldSchema]>([
    [{ type: 'Text', minLength: 1, maxLength: 1, isValueRequired: true, defaultValue: 'x' }],
    [{ type: 'Number', minValue: 1, maxValue: 1 }],
    [{ type: 'Date', minValue: '2026-01-01', maxValue: '2026-01-01T00:00:00Z' }],
    [{ type: 'Boolean', defaultValue: false, isValueRequired: true }],
    [{ type: 'SingleSelect', selectOptions: ['a', 1, true], defaultValue: 1 }],
    [{ type: 'MultiSelect', selectOptions: ['a', 'b'], defaultValue: ['b'] }],
  ])('%j', (schema) => {
    expect(requireSchema(schema)).toEqual(schema);
  });

  it('without what is not given', () => {
    expect(Object.keys(requireSchema({ type: 'Text', minLength: undefined }))).toEqual(['type']);
  });
});

describe('a schema is refused with the member', () => {
  it.each<[FieldSchema, string]>([
    [{ type: 'Text', minValue: 1 }, 'schema.minValue is not for Text, which has'],
    [{ type: 'Number', maxLength: 1 }, 'schema.maxLength is not for Number'],
    [{ type: 'Boolean', selectOptions: [true] }, 'schema.selectOptions is not for Boolean'],
    [{ type: 'Text', minLength: 2, maxLength: 1 }, 'schema.minLength may not be more than maxLength'],
    [{ type: 'Number', minValue: 2, maxValue: 1 }, 'schema.minValue may not be more than maxValue'],
    [{ type: 'Number', minValue: '2' }, 'schema.minValue must be a number'],
    [{ type: 'Date', maxValue: '2026-13-01' }, 'schema.maxValue must be a date'],
    [{ type: 'Date', minValue: '2026-02-01', maxValue: '2026-01-01' }, 'schema.minValue may not be more'],
    [{ type: 'SingleSelect' }, 'schema.selectOptions must be a list of 1 to 500'],
    [{ type: 'MultiSelect', selectOptions: ['a', 'a'] }, 'schema.selectOptions must be a list'],
    [{ type: 'Text', isValueRequired: true }, 'schema.defaultValue is needed when isValueRequired is true'],
    [{ type: 'Text', maxLength: 1, defaultValue: 'xx' }, 'schema.defaultValue may have at most 1 characters'],
    [{ type: 'MultiSelect', selectOptions: ['a'], defaultValue: 'a' }, 'schema.defaultValue must be a list'],
  ])('%j', (schema, message) => {
    expect(() => requireSchema(schema)).toThrow(
      expect.objectContaining({ code: 'custom-field.invalid', message: expect.stringContaining(message) }),
    );
  });
});
