import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { savedExtensions } from '../../../../lambda/adapters/accounts-table/saved-extensions.ts';
import { LIMITS } from '../../../../lambda/contract/limits.ts';
import { namesOfAsked } from '../../../../lambda/core/library/saved-extensions/asked-extensions.ts';
import type { ManageSavedExtensionsDeps } from '../../../../lambda/core/library/saved-extensions/manage-saved-extensions.ts';
import {
  createSavedExtension,
  deleteSavedExtension,
  getSavedExtension,
  listSavedExtensions,
  updateSavedExtension,
} from '../../../../lambda/core/library/saved-extensions/manage-saved-extensions.ts';
import type { LibraryFixture } from '../../../adapters/library-fixture.ts';
import { startLibraryFixture } from '../../../adapters/library-fixture.ts';
import { makeEvent } from '../../audit/told-events.ts';
import { OWNER } from '../../kernel/callers.ts';

/* On a real table; the accounts table has the keys of the library's. */
let table: LibraryFixture;
let deps: ManageSavedExtensionsDeps;
let now = 1_795_564_800_000;

const CUT = { name: 'Cut out', description: 'Without background', config: { name: 'remove-bg' } } as const;

beforeAll(async () => {
  table = await startLibraryFixture();
  deps = {
    savedExtensions: savedExtensions(table.client, table.table, table.commit),
    clock: () => (now += 1000),
    hexId: () => randomBytes(12).toString('hex'),
    makeEvent,
  };
});

afterAll(() => table?.close());

test('one is made, changed member by member and deleted, and each change is told', async () => {
  const told = (await table.events()).length;
  const made = await createSavedExtension(deps, OWNER, CUT);
  const changed = await updateSavedExtension(deps, OWNER, made.id, { name: 'Cut' });

  expect(made).toMatchObject({ ...CUT, updatedAt: made.createdAt });
  expect(changed).toMatchObject({ ...CUT, name: 'Cut', createdAt: made.createdAt });
  expect(changed.updatedAt > made.updatedAt).toBe(true);
  expect(await getSavedExtension(deps, made.id)).toEqual(changed);

  await deleteSavedExtension(deps, OWNER, made.id);

  expect(await listSavedExtensions(deps)).toEqual([]);
  expect((await table.events()).length - told).toBe(3);
});

test('one that is not there is told so', async () => {
  const missing = { code: 'saved-extension.not-found', status: 404 };

  await expect(getSavedExtension(deps, 'x')).rejects.toMatchObject(missing);
  await expect(updateSavedExtension(deps, OWNER, 'x', {})).rejects.toMatchObject(missing);
  await expect(deleteSavedExtension(deps, OWNER, 'x')).rejects.toMatchObject(missing);
});

test('a saved one stands for what it is of, and an unknown one is refused by its id', async () => {
  const { id } = await createSavedExtension(deps, OWNER, CUT);
  const asked = [{ name: 'ai-tasks' }, { name: 'saved-extension', id }, { name: 'remove-bg' }];

  expect(await namesOfAsked(deps, asked)).toEqual(['ai-tasks', 'remove-bg']);
  await expect(namesOfAsked(deps, [{ name: 'saved-extension', id: 'nobody' }])).rejects.toMatchObject({
    code: 'input.invalid',
    message: expect.stringContaining('"nobody"'),
  });
});

test('there are as many as the limit, also when calls come together', async () => {
  const room = LIMITS.savedExtensions - (await listSavedExtensions(deps)).length;
  for (let index = 0; index < room - 1; index++) await createSavedExtension(deps, OWNER, CUT);

  const last = await Promise.allSettled([0, 1, 2].map(() => createSavedExtension(deps, OWNER, CUT)));

  expect(last.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await listSavedExtensions(deps)).toHaveLength(LIMITS.savedExtensions);
  await expect(createSavedExtension(deps, OWNER, CUT)).rejects.toMatchObject({
    code: 'saved-extension.limit',
    message: expect.stringContaining('100'),
  });
});
