import { beforeEach, expect, test } from 'vitest';
import { LIMITS } from '../../../../lambda/contract/limits.ts';
import type { ManageOriginsDeps } from '../../../../lambda/core/settings/origins/manage-origins.ts';
import {
  createOrigin,
  getOrigin,
  listOrigins,
  removeOrigin,
  updateOrigin,
} from '../../../../lambda/core/settings/origins/manage-origins.ts';
import type { StoredOrigin } from '../../../../lambda/core/settings/origins/origin.ts';

const BODY = { type: 'S3', name: 'A', bucket: 'bucket', accessKey: 'AKIA', secretKey: 'CANARY' };
let stored: Map<string, StoredOrigin>;
let serial: number;
let users: string[];
let purged: unknown[];

beforeEach(() => {
  stored = new Map();
  serial = 0;
  users = [];
  purged = [];
});

const deps = (changes = {}): ManageOriginsDeps => ({
  origins: {
    list: async () => [...stored.values()],
    find: async (id: string) => stored.get(id),
    create: async (one: StoredOrigin) => void stored.set(one.origin.id, one),
    replace: async (one: StoredOrigin, expected: number) => {
      if (stored.get(one.origin.id)?.revision !== expected) return false;
      stored.set(one.origin.id, one);
      return true;
    },
    remove: async (id: string) => void stored.delete(id),
  },
  sealer: { seal: async (id: string, credentials: object) => `sealed ${id} ${Object.keys(credentials)}` },
  originUse: { endpointsUsing: async () => users },
  newId: () => (++serial).toString(16).padStart(24, '0'),
  clock: () => 1_795_564_800_000,
  purgeAround: async (targets, change) => {
    const changed = await change();
    purged.push(...targets);
    return changed;
  },
  ...changes,
});

test('credentials are sealed for their origin before anything is stored', async () => {
  const origin = await createOrigin(deps(), BODY);

  expect(stored.get(origin.id)).toMatchObject({ sealed: `sealed ${origin.id} accessKey,secretKey`, revision: 1 });
  expect(JSON.stringify([...stored.values(), origin])).not.toContain('CANARY');
  await expect(createOrigin(deps({ sealer: { seal: () => Promise.reject(new Error()) } }), BODY)).rejects.toThrow();
  expect(stored.size).toBe(1);
});

test('an update purges the endpoints that read from the origin', async () => {
  const { id } = await createOrigin(deps(), BODY);
  users = ['shop', 'default'];

  await updateOrigin(deps(), id, BODY);

  expect(purged).toEqual(users.map((endpoint) => ({ kind: 'endpoint', id: endpoint })));
});

test('an update replaces all, the credentials too', async () => {
  const { id } = await createOrigin(deps(), BODY);

  await updateOrigin(deps(), id, { type: 'WEB_FOLDER', name: 'B', baseUrl: 'https://a.example' });

  expect(await getOrigin(deps(), id)).toMatchObject({ id, type: 'WEB_FOLDER', name: 'B' });
  expect(stored.get(id)).toMatchObject({ revision: 2 });
  expect(stored.get(id)).not.toHaveProperty('sealed');
});

test('two updates at once: the second is told', async () => {
  const { id } = await createOrigin(deps(), BODY);
  const { origins } = deps();

  const moved = updateOrigin(deps({ origins: { ...origins, replace: async () => false } }), id, BODY);

  await expect(moved).rejects.toMatchObject({ code: 'origin.moved', status: 409 });
});

test('an origin that an endpoint uses stays', async () => {
  const { id } = await createOrigin(deps(), BODY);
  users = ['default', 'shop'];

  await expect(removeOrigin(deps(), id)).rejects.toMatchObject({ code: 'origin.in-use', status: 409 });
  await expect(removeOrigin(deps(), id)).rejects.toThrow(/default, shop/);
  users = [];
  purged = [];
  await removeOrigin(deps(), id);
  expect(await listOrigins(deps())).toEqual([]);
});

test.each(['0'.repeat(24), 'id', '../x', ''])('an origin "%s" that is not there', async (id) => {
  for (const work of [getOrigin(deps(), id), updateOrigin(deps(), id, BODY), removeOrigin(deps(), id)]) {
    await expect(work).rejects.toMatchObject({ code: 'origin.not-found', status: 404 });
  }
});

test('an account has a bounded number of origins', async () => {
  for (let one = 0; one < LIMITS.origins; one++) await createOrigin(deps(), BODY);

  await expect(createOrigin(deps(), BODY)).rejects.toThrow(String(LIMITS.origins));
});
