import { afterAll, beforeAll, expect, test } from 'vitest';
import { ORIGIN_KEY } from '../../../lambda/adapters/accounts-table/accounts-keys.lean.ts';
import { originStore } from '../../../lambda/adapters/accounts-table/origin-entity.ts';
import { originDirectory } from '../../../lambda/adapters/origin-access/origin-directory.ts';
import { dynamoItems } from '../../../lambda/adapters/signed-http/dynamo-items.lean.ts';
import type { OriginStore } from '../../../lambda/core/settings/origins/origin-store.ts';
import { someEvent } from '../../core/audit/told-events.ts';
import { storedOrigin } from '../../core/settings/origins/stored-origin.ts';
import type { LibraryFixture } from '../library-fixture.ts';
import { startLibraryFixture, TEST_CREDENTIALS, TEST_REGION } from '../library-fixture.ts';

/* On a real table; the accounts table has the keys of the library's. */
let table: LibraryFixture;
let store: OriginStore;
const ids = ['a', 'b', 'c'].map((letter) => letter.repeat(24));
const at = (second: number) => `2026-11-25T00:00:0${second}.000Z`;
const origin = (index: number, sealed?: string) => ({
  ...storedOrigin('WEB_FOLDER', { id: ids[index] ?? '', baseUrl: 'https://a.example' }, sealed),
  createdAt: at(9 - index),
});

beforeAll(async () => {
  table = await startLibraryFixture();
  store = originStore(table.client, table.table, table.commit);
  for (const index of [0, 1]) await store.commit({ create: origin(index, 'sealed') }, someEvent());
});

afterAll(() => table?.close());

test('origins come back as they were, oldest first', async () => {
  expect(await store.find(ids[0] ?? '')).toEqual(origin(0, 'sealed'));
  expect(await store.list()).toEqual([origin(1, 'sealed'), origin(0, 'sealed')]);
  expect(await store.find(ids[2] ?? '')).toBeUndefined();
});

test('a change needs the revision that it was made from, and is told when it is made', async () => {
  const before = await table.events();
  const changed = { ...origin(1), revision: 2 };

  expect(await store.commit({ replace: changed, expected: 2 }, someEvent())).toBe(false);
  expect(await store.commit({ replace: changed, expected: 1 }, someEvent())).toBe(true);
  expect(await store.find(ids[1] ?? '')).toEqual(changed);
  expect(await store.commit({ replace: { ...origin(2), revision: 2 }, expected: 1 }, someEvent())).toBe(false);
  expect(await table.events()).toHaveLength(before.length + 1);
});

test('the transformer finds them without ElectroDB, in an endpoint’s order, those that are gone left out', async () => {
  let now = 0;
  let asked = 0;
  const items = dynamoItems(
    {
      AWS_REGION: TEST_REGION,
      AWS_ACCESS_KEY_ID: TEST_CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: TEST_CREDENTIALS.secretAccessKey,
      AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    },
    table.table,
  );
  const orderOf = async (endpoint: string) => {
    asked += 1;
    return endpoint === 'shop' ? [ids[1] ?? '', ids[2] ?? '', ids[0] ?? ''] : [];
  };
  const directory = originDirectory(items, orderOf, () => now);

  expect((await directory.ofEndpoint('shop')).map(({ origin }) => origin.id)).toEqual([ids[1], ids[0]]);
  expect((await directory.ofEndpoint('shop'))[1]).toEqual(origin(0, 'sealed'));
  expect(await directory.ofEndpoint('default')).toEqual([]);
  expect(asked).toBe(2);
  now = 15_001;
  await directory.ofEndpoint('shop');
  expect(asked).toBe(3);
});

test('the key that is filled by hand is the one that ElectroDB fills', async () => {
  const keys = (await table.items()).map(({ pk, sk }) => ({ pk, sk }));

  expect(keys).toEqual(ids.slice(0, 2).map((id) => ORIGIN_KEY.of(id)));
});

test('an origin is removed', async () => {
  expect(await store.commit({ remove: ids[0] ?? '', expected: 7 }, someEvent())).toBe(false);
  expect(await store.commit({ remove: ids[0] ?? '', expected: 1 }, someEvent())).toBe(true);

  expect((await store.list()).map(({ origin }) => origin.id)).toEqual([ids[1]]);
});
