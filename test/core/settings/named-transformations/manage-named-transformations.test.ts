import { beforeEach, expect, test } from 'vitest';
import { LIMITS } from '../../../../lambda/contract/limits.ts';
import type { PurgeTarget } from '../../../../lambda/core/purge/purge-target.ts';
import type { ManageNamedTransformationsDeps } from '../../../../lambda/core/settings/named-transformations/manage-named-transformations.ts';
import {
  createNamed,
  getNamed,
  listNamed,
  removeNamed,
  updateNamed,
} from '../../../../lambda/core/settings/named-transformations/manage-named-transformations.ts';
import type { NamedTransformation } from '../../../../lambda/core/settings/named-transformations/named-transformation.ts';

/* In memory; the real table is in test/handlers/imagekit-sdk-endpoints.test.ts. */
let stored: Map<string, NamedTransformation>;
let purged: PurgeTarget[];
let serial: number;

beforeEach(() => {
  stored = new Map();
  purged = [];
  serial = 0;
});

const deps = (): ManageNamedTransformationsDeps => ({
  namedTransformations: {
    list: async () => [...stored.values()],
    create: async (one) => !stored.has(one.name) && stored.set(one.name, one) !== undefined,
    replace: async (current, next) => {
      if (stored.get(current.name)?.revision !== current.revision) return false;
      if (next.name !== current.name && stored.has(next.name)) return false;
      stored.delete(current.name);
      stored.set(next.name, next);
      return true;
    },
    remove: async (name) => void stored.delete(name),
  },
  shortId: () => `id${++serial}`,
  clock: () => 1_795_564_800_000,
  purgeAround: async (targets, change) => {
    const changed = await change();
    purged.push(...targets);
    return changed;
  },
});
const create = (name: string, transformation = 'w-100') => createNamed(deps(), { name, transformation });

test('a new one is enabled unless told otherwise, and listed by name', async () => {
  await create('b');
  await createNamed(deps(), { name: 'a', transformation: 'tr:w-9', enabled: false });

  expect((await listNamed(deps())).map(({ name, enabled }) => [name, enabled])).toEqual([
    ['a', false],
    ['b', true],
  ]);
});

test('a change keeps what is not given, and purges what was made with the old meaning', async () => {
  const { id } = await create('thumb');

  const changed = await updateNamed(deps(), id, { transformation: 'w-200' });

  expect(changed).toMatchObject({ id, name: 'thumb', transformation: 'w-200', enabled: true, revision: 2 });
  expect(await getNamed(deps(), id)).toEqual(changed);
  expect(purged).toEqual([{ kind: 'name', name: 'thumb' }]);
});

test('a renamed one is purged under its old name', async () => {
  const { id } = await create('old');
  await updateNamed(deps(), id, { name: 'new' });

  expect([...stored.keys()]).toEqual(['new']);
  expect(purged).toEqual([{ kind: 'name', name: 'old' }]);
});

test('a removed one is gone and purged', async () => {
  const { id } = await create('thumb');
  await removeNamed(deps(), id);

  expect(purged).toEqual([{ kind: 'name', name: 'thumb' }]);
  await expect(getNamed(deps(), id)).rejects.toMatchObject({ status: 404 });
  await expect(removeNamed(deps(), id)).rejects.toMatchObject({ status: 404 });
});

test('a name is given once', async () => {
  await create('thumb');
  const { id } = await create('other');

  await expect(create('thumb')).rejects.toMatchObject({ status: 409 });
  await expect(updateNamed(deps(), id, { name: 'thumb' })).rejects.toMatchObject({ status: 409 });
});

test('one may be made of another, and not of itself', async () => {
  await create('inner');
  await create('outer', 'n-inner,q-50');
  const { id } = await create('self');

  await expect(updateNamed(deps(), id, { transformation: 'n-self' })).rejects.toThrow('nested to 3 levels');
});

test.each([
  [{}, 'are required'],
  [{ name: 'a' }, 'are required'],
  [{ name: 'a-b', transformation: 'w-1' }, 'letters, digits and underscores'],
  [{ name: 'ä', transformation: 'w-1' }, 'letters, digits and underscores'],
  [{ name: '', transformation: 'w-1' }, 'letters, digits and underscores'],
  [{ name: 'ik_ml_thumbnail', transformation: 'w-1' }, 'built in'],
  [{ name: 'a', transformation: '' }, '1 to 4000 characters'],
  [{ name: 'a', transformation: 'w-nine' }, 'is not valid'],
  [{ name: 'a', transformation: 'n-nobody' }, 'no named transformation "nobody"'],
  [{ name: 'a', transformation: 'l-image,i-x' }, 'is not valid'],
  [{ name: 'a', transformation: 'w-1', enabled: 1 }, 'true or false'],
  [{ name: 'a', transformation: 'w-1', colour: 1 }, 'no member "colour"'],
  [[], 'must be an object'],
])('%j is refused', async (body, reason) => {
  await expect(createNamed(deps(), body)).rejects.toMatchObject({ code: 'name.invalid' });
  await expect(createNamed(deps(), body)).rejects.toThrow(reason);
  expect(stored.size).toBe(0);
});

test('their number has a limit', async () => {
  for (let index = 0; index < LIMITS.namedTransformations; index++) await create(`n${index}`);

  await expect(create('more')).rejects.toThrow(`${LIMITS.namedTransformations} named transformations`);
});
