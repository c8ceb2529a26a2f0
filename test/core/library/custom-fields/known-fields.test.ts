import { expect, test } from 'vitest';
import type { CustomField } from '../../../../lambda/core/library/custom-fields/custom-field.ts';
import { knownFields } from '../../../../lambda/core/library/custom-fields/known-fields.ts';

const field = (name: string): CustomField => ({
  id: name,
  name,
  label: name,
  schema: { type: 'Text' },
  createdAt: '2026-01-01T00:00:00.000Z',
});

test('fields are read once in five seconds, and at once for a name that is not known', async () => {
  let [now, reads] = [0, 0];
  const stored = [field('a')];
  const fieldsOf = knownFields({ read: async () => ({ version: ++reads, fields: [...stored] }) }, () => now);
  const namesOf = async (...names: string[]) => (await fieldsOf(names)).map(({ name }) => name);

  expect([await namesOf(), await namesOf('a'), reads]).toEqual([['a'], ['a'], 1]);
  stored.push(field('b'));
  expect([await namesOf('a'), reads]).toEqual([['a'], 1]);
  expect([await namesOf('b'), reads]).toEqual([['a', 'b'], 2]);
  now = 5_000;
  expect([await namesOf('a'), reads]).toEqual([['a', 'b'], 3]);
});
