import { expect, test } from 'vitest';
import { folderFields } from '../../../../lambda/core/library/path-policies/folder-fields.ts';
import { selectedFieldsSchema } from '../../../../lambda/core/library/path-policies/selected-fields.ts';

const AT = '2026-11-29T00:00:00.000Z';
const options = Array.from({ length: 101 }, (_, place) => `option ${place}`);

const known = [options, options.slice(1)].map((selectOptions, place) => ({
  ...{ id: `f${place}`, name: `f${place}`, label: `F${place}`, createdAt: AT },
  schema: { type: 'SingleSelect', selectOptions } as const,
}));

const policy = {
  ...{ id: 'p', name: 'P', folderPath: '/p', createdAt: AT, updatedAt: AT },
  fields: [{ name: 'f1', readOnly: true }, { name: 'f0' }],
};

test('each chosen field is there with its schema and the first hundred options, where a policy holds', () => {
  const selected = selectedFieldsSchema(folderFields(known, [policy], '/p/below'));

  expect(Object.keys(selected ?? {})).toEqual(['f1', 'f0']);
  expect(selected?.f1).toEqual({ type: 'SingleSelect', selectOptions: options.slice(1), readOnly: true });
  expect(selected?.f0).toEqual({
    type: 'SingleSelect',
    selectOptions: options.slice(0, 100),
    selectOptionsTruncated: true,
  });
  expect(selectedFieldsSchema(folderFields(known, [policy], '/'))).toBeUndefined();
});
