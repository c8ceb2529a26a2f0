import { beforeEach, expect, test } from 'vitest';
import { LIMITS } from '../../../../lambda/contract/limits.ts';
import type { AuditEvent } from '../../../../lambda/core/audit/event.ts';
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
import type { NamedTransformationCommit } from '../../../../lambda/core/settings/named-transformations/named-transformation-store.ts';
import { makeEvent } from '../../audit/told-events.ts';
import { OWNER } from '../../kernel/callers.ts';

/* In memory; the real table is in test/handlers/imagekit-sdk-endpoints.test.ts. */
let stored: Map<string, NamedTransformation>;
let purged: PurgeTarget[];
let serial: number;
let told: AuditEvent[];

beforeEach(() => {
  stored = new Map();
  purged = [];
  serial = 0;
  told = [];
});

/** @returns false when it cannot be made */
function change(commit: NamedTransformationCommit): boolean {
  if ('create' in commit) return !stored.has(commit.create.name) && !!stored.set(commit.create.name, commit.create);
  if ('remove' in commit) return stored.delete(commit.remove.name);
  const { replace: current, by: next } = commit;
  if (stored.get(current.name)?.revision !== current.revision) return false;
  if (next.name !== current.name && stored.has(next.name)) return false;
  stored.delete(current.name);
  return !!stored.set(next.name, next);
}

const deps = (): ManageNamedTransformationsDeps => ({
  namedTransformations: {
    list: async () => [...stored.values()],
    commit: async (commit, event) => {
      if (!change(commit)) return false;
      told.push(event);
      return true;
    },
  },
  shortId: () => `id${++serial}`,
  clock: () => 1_795_564_800_000,
  purgeAround: async (targets, change) => {
    const changed = await change();
    purged.push(...targets);
    return changed;
  },
  makeEvent,
});
const create = (name: string, transformation = 'w-100') => createNamed(deps(), OWNER, { name, transformation });

test('a new one is enabled unless told otherwise, and listed by name', async () => {
  await create('b');
  await createNamed(deps(), OWNER, { name: 'a', transformation: 'tr:w-9', enabled: false });

  expect((await listNamed(deps())).map(({ name, enabled }) => [name, enabled])).toEqual([
    ['a', false],
    ['b', true],
  ]);
});

test('a change keeps what is not given, and purges what was made with the old meaning', async () => {
  const { id } = await create('thumb');

  const changed = await updateNamed(deps(), OWNER, id, { transformation: 'w-200' });

  expect(changed).toMatchObject({ id, name: 'thumb', transformation: 'w-200', enabled: true, revision: 2 });
  expect(await getNamed(deps(), id)).toEqual(changed);
  expect(purged).toEqual([{ kind: 'name', name: 'thumb' }]);
});

test('a renamed one is purged under its old name', async () => {
  const { id } = await create('old');
  await updateNamed(deps(), OWNER, id, { name: 'new' });

  expect([...stored.keys()]).toEqual(['new']);
  expect(purged).toEqual([{ kind: 'name', name: 'old' }]);
});

test('a removed one is gone and purged', async () => {
  const { id } = await create('thumb');
  await removeNamed(deps(), OWNER, id);

  expect(purged).toEqual([{ kind: 'name', name: 'thumb' }]);
  await expect(getNamed(deps(), id)).rejects.toMatchObject({ status: 404 });
  await expect(removeNamed(deps(), OWNER, id)).rejects.toMatchObject({ status: 404 });
});

test('every change is told with what was before and is after', async () => {
  const made = await create('thumb');
  const changed = await updateNamed(deps(), OWNER, made.id, { name: 'tiny' });
  await removeNamed(deps(), OWNER, made.id);

  const of = { caller: { kind: 'private-key', id: 'private-key' }, object: { kind: 'name', id: made.id } };
  expect(told).toMatchObject([
    { ...of, action: 'name.created', after: { ...made } },
    { ...of, action: 'name.updated', before: { ...made }, after: { ...changed } },
    { ...of, action: 'name.deleted', before: { ...changed } },
  ]);
  expect([told[0]?.before, told[2]?.after]).toEqual([undefined, undefined]);
});

test('a name is given once', async () => {
  await create('thumb');
  const { id } = await create('other');

  await expect(create('thumb')).rejects.toMatchObject({ status: 409 });
  await expect(updateNamed(deps(), OWNER, id, { name: 'thumb' })).rejects.toMatchObject({ status: 409 });
  expect(told).toHaveLength(2);
});

test('one may be made of another, and not of itself', async () => {
  await create('inner');
  await create('outer', 'n-inner,q-50');
  const { id } = await create('self');

  await expect(updateNamed(deps(), OWNER, id, { transformation: 'n-self' })).rejects.toThrow('nested to 3 levels');
});

test.each([
  [{ name: 'ik_ml_thumbnail', transformation: 'w-1' }, 'built in'],
  [{ name: 'a', transformation: 'w-nine' }, 'is not valid'],
  [{ name: 'a', transformation: 'n-nobody' }, 'no named transformation "nobody"'],
  [{ name: 'a', transformation: 'l-image,i-x' }, 'is not valid'],
])('%j is refused', async (body, reason) => {
  await expect(createNamed(deps(), OWNER, body)).rejects.toMatchObject({ code: 'name.invalid' });
  await expect(createNamed(deps(), OWNER, body)).rejects.toThrow(reason);
  expect([stored.size, told]).toEqual([0, []]);
});

test('their number has a limit', async () => {
  for (let index = 0; index < LIMITS.namedTransformations; index++) await create(`n${index}`);

  await expect(create('more')).rejects.toThrow(`${LIMITS.namedTransformations} named transformations`);
});
