import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { customFields } from '../../../../lambda/adapters/accounts-table/custom-fields.ts';
import { pathPolicies } from '../../../../lambda/adapters/accounts-table/path-policies.ts';
import { createField, deleteField, updateField } from '../../../../lambda/core/library/custom-fields/manage-fields.ts';
import {
  fieldsInFolder,
  policyAgainst,
  policyWith,
} from '../../../../lambda/core/library/path-policies/fields-in-folder.ts';
import type { ManagePathPoliciesDeps } from '../../../../lambda/core/library/path-policies/manage-path-policies.ts';
import {
  createPathPolicy,
  deletePathPolicy,
  getPathPolicy,
  listPathPolicies,
  updatePathPolicy,
} from '../../../../lambda/core/library/path-policies/manage-path-policies.ts';
import type { LibraryFixture } from '../../../adapters/library-fixture.ts';
import { startLibraryFixture } from '../../../adapters/library-fixture.ts';
import { makeEvent } from '../../audit/told-events.ts';
import { OWNER } from '../../kernel/callers.ts';
import { refusalOf } from '../refusal-of.ts';

/* On a real table; the accounts table has the keys of the library's. */
let table: LibraryFixture;
let deps: ManagePathPoliciesDeps & { readonly fields: ReturnType<typeof customFields> };
let now = 1_795_564_800_000;
let colourId: string;

beforeAll(async () => {
  table = await startLibraryFixture();
  deps = {
    pathPolicies: pathPolicies(table.client, table.table, table.commit),
    fields: customFields(table.client, table.table, table.commit),
    clock: () => (now += 1000),
    hexId: () => randomBytes(12).toString('hex'),
    makeEvent,
  };
  const colour = { name: 'colour', label: 'Colour', schema: { type: 'SingleSelect', selectOptions: ['red'] } } as const;
  ({ id: colourId } = await createField(deps, OWNER, colour));
  await createField(deps, OWNER, { name: 'stock', label: 'Stock', schema: { type: 'Number', maxValue: 10 } });
});

afterAll(() => table?.close());

const made = (folderPath: string, ...fields: Parameters<typeof createPathPolicy>[2]['fields']) =>
  createPathPolicy(deps, OWNER, { name: 'Policy', folderPath, fields });

const namesIn = async (folder: string) => (await fieldsInFolder(deps, folder)).map(({ name }) => name);

test('one is made, changed member by member and deleted, and each change is told', async () => {
  const told = (await table.events()).length;
  const policy = await made('/told', { name: 'colour' });
  const changed = await updatePathPolicy(deps, OWNER, policy.id, { name: 'Other' });

  expect(changed).toEqual({ ...policy, name: 'Other', updatedAt: changed.updatedAt });
  expect(await getPathPolicy(deps, policy.id)).toEqual(changed);
  expect(await listPathPolicies(deps)).toContainEqual(changed);
  await deletePathPolicy(deps, OWNER, policy.id);
  expect(await refusalOf(getPathPolicy(deps, policy.id))).toMatchObject({ code: 'path-policy.not-found' });
  expect((await table.events()).slice(told).map(({ action }) => action)).toEqual([
    ...['path-policy.created', 'path-policy.updated', 'path-policy.deleted'],
  ]);
});

describe('the fields of a folder', () => {
  test('are those of the nearest policy, in its order and as it has them; without one, all', async () => {
    await made('/shop', { name: 'stock', isValueRequired: true, defaultValue: 1 }, { name: 'colour', readOnly: true });
    await made('/shop/below', { name: 'colour' });

    expect(await namesIn('/shop/other/deep')).toEqual(['stock', 'colour']);
    expect((await fieldsInFolder(deps, '/shop')).map(({ schema }) => schema)).toEqual([
      { type: 'Number', maxValue: 10, isValueRequired: true, defaultValue: 1 },
      { type: 'SingleSelect', selectOptions: ['red'], readOnly: true },
    ]);
    expect(await namesIn('/shop/below/deep')).toEqual(['colour']);
    expect(await namesIn('/shopping')).toEqual(['colour', 'stock']);
    await made('/', { name: 'colour' });
    expect(await namesIn('/shopping')).toEqual(['colour']);
    expect(await namesIn('/shop')).toEqual(['stock', 'colour']);
  });

  test('cannot be deleted while a policy has them', async () => {
    const policy = await made('/kept', { name: 'colour' });

    expect(await refusalOf(deleteField({ ...deps, policyWith: policyWith(deps) }, OWNER, colourId))).toMatchObject({
      code: 'custom-field.invalid',
      message: expect.stringContaining('path policy'),
    });
    await deletePathPolicy(deps, OWNER, policy.id);
  });
});

test('a field does not become what the default of a policy does not fit', async () => {
  const { id } = await createField(deps, OWNER, { name: 'grade', label: 'Grade', schema: { type: 'Number' } });
  const policy = await made('/graded', { name: 'grade', defaultValue: 7 });
  const update = (schema: { readonly maxValue: number }) =>
    updateField({ ...deps, policyAgainst: policyAgainst(deps) }, OWNER, id, { schema });

  expect(await refusalOf(update({ maxValue: 6 }))).toMatchObject({
    code: 'custom-field.invalid',
    message: expect.stringContaining('"/graded"'),
  });
  expect((await update({ maxValue: 7 })).schema).toEqual({ type: 'Number', maxValue: 7 });
  await deletePathPolicy(deps, OWNER, policy.id);
});

describe('a policy is refused', () => {
  test.each([
    ['a field that is not there', [{ name: 'none' }], '"none" is no custom metadata field'],
    ['a field twice', [{ name: 'stock' }, { name: 'stock' }], '"stock" is there twice'],
    ['a default that the field does not take', [{ name: 'stock', defaultValue: 11 }], '"stock"'],
    ['a required field without a default', [{ name: 'stock', isValueRequired: true }], 'defaultValue'],
  ])('for %s', async (_, fields, message) => {
    expect(await refusalOf(made('/refused', ...fields))).toMatchObject({
      code: 'path-policy.invalid',
      message: expect.stringContaining(message),
    });
  });

  test('where there is one already, also when it is moved there', async () => {
    await made('/taken', { name: 'stock' });
    const other = await made('/free', { name: 'stock' });

    expect(await refusalOf(made('/taken', { name: 'stock' }))).toMatchObject({ code: 'path-policy.taken' });
    expect(await refusalOf(updatePathPolicy(deps, OWNER, other.id, { folderPath: '/taken' }))).toMatchObject({
      code: 'path-policy.taken',
    });
  });
});
