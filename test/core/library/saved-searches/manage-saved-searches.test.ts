import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { savedSearches } from '../../../../lambda/adapters/accounts-table/saved-searches.ts';
import { LIMITS } from '../../../../lambda/contract/limits.ts';
import type { Caller } from '../../../../lambda/core/kernel/caller.ts';
import type { ManageSavedSearchesDeps } from '../../../../lambda/core/library/saved-searches/manage-saved-searches.ts';
import {
  createSavedSearch,
  deleteSavedSearch,
  getSavedSearch,
  listSavedSearches,
  updateSavedSearch,
} from '../../../../lambda/core/library/saved-searches/manage-saved-searches.ts';
import type { LibraryFixture } from '../../../adapters/library-fixture.ts';
import { startLibraryFixture } from '../../../adapters/library-fixture.ts';
import { makeEvent } from '../../audit/told-events.ts';
import { refusalOf } from '../refusal-of.ts';

/* On a real table; the accounts table has the keys of the library's. */
let table: LibraryFixture;
let deps: ManageSavedSearchesDeps;
let now = 1_795_564_800_000;

const caller = (id: string, ...permissions: readonly string[]): Caller => ({
  ...{ kind: 'person', id },
  grants: [{ permissions: ['files.read', ...permissions] }],
});
const ann = caller('ann', 'files.update');
const ben = caller('ben');

const LARGE = { name: 'Large', searchQuery: 'size > "1mb"', sort: 'DESC_SIZE', isShared: false } as const;

beforeAll(async () => {
  table = await startLibraryFixture();
  deps = {
    savedSearches: savedSearches(table.client, table.table, table.commit),
    clock: () => (now += 1000),
    hexId: () => randomBytes(12).toString('hex'),
    makeEvent,
  };
});

afterAll(() => table?.close());

const idsSeenBy = async (who: Caller) => (await listSavedSearches(deps, who)).map(({ id }) => id);

test('one is made, changed member by member and deleted, and each change is told', async () => {
  const told = (await table.events()).length;
  const made = await createSavedSearch(deps, ben, { ...LARGE, path: '/shop' });
  const changed = await updateSavedSearch(deps, ben, made.id, { name: 'Larger', path: null });

  expect(made).toMatchObject({ ...LARGE, path: '/shop', owner: 'ben', updatedAt: made.createdAt });
  expect(changed).toMatchObject({ ...LARGE, name: 'Larger' });
  expect(changed).not.toHaveProperty('path');
  expect(await getSavedSearch(deps, ben, made.id)).toEqual(changed);
  await deleteSavedSearch(deps, ben, made.id);

  expect(await idsSeenBy(ben)).toEqual([]);
  const actions = (await table.events()).slice(told).map(({ action }) => action);
  expect(actions.toSorted()).toEqual(['saved-search.created', 'saved-search.deleted', 'saved-search.updated']);
});

test('one that is not shared is there for its owner alone', async () => {
  const { id } = await createSavedSearch(deps, ben, LARGE);
  const missing = { code: 'saved-search.not-found' };

  expect([await idsSeenBy(ben), await idsSeenBy(ann)]).toEqual([[id], []]);
  expect(await refusalOf(getSavedSearch(deps, ann, id))).toMatchObject(missing);
  expect(await refusalOf(updateSavedSearch(deps, ann, id, { name: 'x' }))).toMatchObject(missing);
  expect(await refusalOf(deleteSavedSearch(deps, ann, id))).toMatchObject(missing);
  await deleteSavedSearch(deps, ben, id);
});

test('a shared one is seen by everybody, and changed by who may share one', async () => {
  const lacking = { code: 'permission.missing' };
  expect(await refusalOf(createSavedSearch(deps, ben, { ...LARGE, isShared: true }))).toMatchObject(lacking);
  const { id } = await createSavedSearch(deps, ann, { ...LARGE, isShared: true });

  expect(await idsSeenBy(ben)).toEqual([id]);
  expect(await refusalOf(updateSavedSearch(deps, ben, id, { name: 'x' }))).toMatchObject(lacking);
  expect(await refusalOf(deleteSavedSearch(deps, ben, id))).toMatchObject(lacking);
  await deleteSavedSearch(deps, caller('cem', 'files.update'), id);
});

test('of several who make the last one that there may be, one succeeds', async () => {
  const dee = caller('dee');
  for (let count = 1; count < LIMITS.savedSearches; count++) await createSavedSearch(deps, dee, LARGE);
  const made = await Promise.allSettled([1, 2].map(() => createSavedSearch(deps, dee, LARGE)));

  expect(made.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(made.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'saved-search.limit', message: expect.stringContaining(String(LIMITS.savedSearches)) },
  });
  expect(await createSavedSearch(deps, caller('eve'), LARGE)).toMatchObject({ owner: 'eve' });
});
