import { describe, expect, test } from 'vitest';
import type { CustomField, FieldSchema } from '../../../../lambda/core/library/custom-fields/custom-field.ts';
import { folderFields } from '../../../../lambda/core/library/path-policies/folder-fields.ts';
import type { FieldRule, PathPolicy } from '../../../../lambda/core/library/path-policies/path-policy.ts';
import {
  changedValuesIn,
  fillableFields,
  valuesOfNewFileIn,
} from '../../../../lambda/core/library/path-policies/values-in-folder.ts';

const AT = '2026-11-29T00:00:00.000Z';

const field = (name: string, schema: FieldSchema): CustomField => ({
  id: name,
  name,
  label: name,
  schema,
  createdAt: AT,
});

const FIELDS = [
  field('licence', {
    type: 'SingleSelect',
    selectOptions: ['own', 'stock'],
    isValueRequired: true,
    defaultValue: 'own',
  }),
  field('price', { type: 'Number', maxValue: 10 }),
  field('room', { type: 'Text' }),
  { ...field('gone', { type: 'Text' }), deletedAt: AT },
];

const policy = (folderPath: string, ...fields: readonly FieldRule[]): PathPolicy => ({
  ...{ id: folderPath, name: folderPath, folderPath, fields, createdAt: AT, updatedAt: AT },
});

const POLICIES = [
  policy(
    '/shop',
    { name: 'price', isValueRequired: true, defaultValue: 1 },
    { name: 'licence', isValueRequired: false },
  ),
  policy('/shop/press', { name: 'licence', readOnly: true, defaultValue: 'stock' }),
];

const at = (folderPath: string) => folderFields(FIELDS, POLICIES, folderPath);

describe('a new file', () => {
  test('has the defaults of its folder, of chosen fields alone', () => {
    expect(valuesOfNewFileIn(at('/'), {})).toEqual({ licence: 'own' });
    expect(valuesOfNewFileIn(at('/shop/summer'), {})).toEqual({ price: 1, licence: 'own' });
    expect(valuesOfNewFileIn(at('/shop/press/2026'), {})).toEqual({ licence: 'stock' });
    expect(valuesOfNewFileIn(at('/shopping'), { room: 'r' })).toEqual({ licence: 'own', room: 'r' });
  });

  test('is required what its folder requires, not what the field itself does', () => {
    expect(() => valuesOfNewFileIn(at('/shop'), { price: null })).toThrow('customMetadata.price needs a value.');
    expect(valuesOfNewFileIn(at('/shop'), { licence: null })).toEqual({ price: 1 });
    expect(() => valuesOfNewFileIn(at('/'), { licence: null })).toThrow('customMetadata.licence needs a value.');
  });

  test.each([
    [
      '/shop',
      { room: 'r' },
      'customMetadata.room is not a field of the path policy of "/shop", which has price, licence.',
    ],
    ['/shop/press', { licence: 'own' }, 'customMetadata.licence is read-only by the path policy of "/shop/press".'],
    ['/shop/press', { licence: null }, 'customMetadata.licence is read-only by the path policy of "/shop/press".'],
    ['/shop', { gone: 'x' }, 'customMetadata.gone is no custom metadata field.'],
    ['/shop', { none: 'x' }, 'customMetadata.none is no custom metadata field.'],
    ['/shop', { price: 11 }, 'customMetadata.price may be at most 10.'],
  ])('in %s is refused %j', (folderPath, given, message) => {
    expect(() => valuesOfNewFileIn(at(folderPath), given)).toThrow(message);
  });

  test('may say what it has anyway', () => {
    expect(valuesOfNewFileIn(at('/shop/press'), { licence: 'stock', room: null })).toEqual({ licence: 'stock' });
  });
});

describe('a file that is changed', () => {
  test('may be sent back all that it has, also values of fields that are not meant there', () => {
    const present = { room: 'r', licence: 'own', price: 3 };

    expect(changedValuesIn(at('/shop/press'), { ...present }, present)).toEqual({});
    expect(changedValuesIn(at('/shop'), { ...present, price: 4 }, present)).toEqual({ price: 4 });
  });

  test('loses a value that is not meant there, and gets none', () => {
    expect(changedValuesIn(at('/shop'), { room: null }, { room: 'r' })).toEqual({ room: null });
    expect(() => changedValuesIn(at('/shop'), { room: 's' }, { room: 'r' })).toThrow(
      'is not a field of the path policy',
    );
  });

  test('keeps what is read-only there, and may lose what is not required there', () => {
    expect(() => changedValuesIn(at('/shop/press'), { licence: null }, { licence: 'own' })).toThrow('is read-only');
    expect(changedValuesIn(at('/shop'), { licence: null }, { licence: 'own' })).toEqual({ licence: null });
  });

  test('is held to the fields alone where no policy holds', () => {
    expect(changedValuesIn(at('/'), { room: 's' }, { room: 's' })).toEqual({ room: 's' });
    expect(() => changedValuesIn(at('/'), { none: 1 })).toThrow('customMetadata.none is no custom metadata field.');
  });
});

test('what is embedded fills chosen fields that are not read-only', () => {
  const names = (folderPath: string) => fillableFields(at(folderPath)).map(({ name }) => name);

  expect([names('/shop'), names('/shop/press'), names('/').includes('room')]).toEqual([['price', 'licence'], [], true]);
});
