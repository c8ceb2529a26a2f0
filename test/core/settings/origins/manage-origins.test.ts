import { beforeEach, expect, test } from 'vitest';
import { LIMITS } from '../../../../lambda/contract/limits.ts';
import type { AuditEvent } from '../../../../lambda/core/audit/event.ts';
import type { ManageOriginsDeps } from '../../../../lambda/core/settings/origins/manage-origins.ts';
import {
  createOrigin,
  getOrigin,
  listOrigins,
  removeOrigin,
  updateOrigin,
} from '../../../../lambda/core/settings/origins/manage-origins.ts';
import type { StoredOrigin } from '../../../../lambda/core/settings/origins/origin.ts';
import { makeEvent } from '../../audit/told-events.ts';
import { OWNER } from '../../kernel/callers.ts';

const COMMON = { includeCanonicalHeader: false, keepOriginals: false };
const BUCKET = { ...COMMON, type: 'S3', name: 'A', bucket: 'bucket', prefix: '', useIAMRole: false } as const;
const BODY = { ...BUCKET, accessKey: 'AKIA', secretKey: 'CANARY' };
const FOLDER = { ...COMMON, type: 'WEB_FOLDER', name: 'B', baseUrl: 'https://a.example' } as const;
let stored: Map<string, StoredOrigin>;
let serial: number;
let users: string[];
let purged: unknown[];
let told: AuditEvent[];

beforeEach(() => {
  stored = new Map();
  serial = 0;
  users = [];
  purged = [];
  told = [];
});

const deps = (changes = {}): ManageOriginsDeps => ({
  origins: {
    list: async () => [...stored.values()],
    find: async (id: string) => stored.get(id),
    commit: async (change, event) => {
      if ('create' in change) stored.set(change.create.origin.id, change.create);
      else if ('remove' in change) stored.delete(change.remove);
      else if (stored.get(change.replace.origin.id)?.revision !== change.expected) return false;
      else stored.set(change.replace.origin.id, change.replace);
      told.push(event);
      return true;
    },
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
  makeEvent,
  ...changes,
});

test('credentials are sealed for their origin before anything is stored', async () => {
  const origin = await createOrigin(deps(), OWNER, BODY);

  expect(stored.get(origin.id)).toMatchObject({ sealed: `sealed ${origin.id} accessKey,secretKey`, revision: 1 });
  expect(JSON.stringify([...stored.values(), origin])).not.toContain('CANARY');
  await expect(
    createOrigin(deps({ sealer: { seal: () => Promise.reject(new Error()) } }), OWNER, BODY),
  ).rejects.toThrow();
  expect([stored.size, told.length]).toEqual([1, 1]);
});

test('an update purges the endpoints that read from the origin', async () => {
  const { id } = await createOrigin(deps(), OWNER, BODY);
  users = ['shop', 'default'];

  await updateOrigin(deps(), OWNER, id, BODY);

  expect(purged).toEqual(users.map((endpoint) => ({ kind: 'endpoint', id: endpoint })));
});

test('an update replaces all, the credentials too', async () => {
  const { id } = await createOrigin(deps(), OWNER, BODY);

  await updateOrigin(deps(), OWNER, id, FOLDER);

  expect(await getOrigin(deps(), id)).toMatchObject({ id, type: 'WEB_FOLDER', name: 'B' });
  expect(stored.get(id)).toMatchObject({ revision: 2 });
  expect(stored.get(id)).not.toHaveProperty('sealed');
});

test('every change is told with what was before and is after, and without credentials', async () => {
  const { id } = await createOrigin(deps(), OWNER, BODY);
  await updateOrigin(deps(), OWNER, id, { ...BODY, keepOriginals: true });
  await removeOrigin(deps(), OWNER, id);

  const of = { caller: { kind: 'private-key', id: 'private-key' }, object: { kind: 'origin', id } };
  const after = { ...BUCKET, id, keepOriginals: true };
  expect(told).toMatchObject([
    { ...of, action: 'origin.created', after: { ...BUCKET, id } },
    { ...of, action: 'origin.updated', before: { ...BUCKET, id }, after },
    { ...of, action: 'origin.deleted', before: after },
  ]);
  expect(JSON.stringify(told)).not.toMatch(/CANARY|AKIA|sealed/);
});

test('two updates at once: the second is told', async () => {
  const { id } = await createOrigin(deps(), OWNER, BODY);
  const { origins } = deps();

  const moved = updateOrigin(deps({ origins: { ...origins, commit: async () => false } }), OWNER, id, BODY);

  await expect(moved).rejects.toMatchObject({ code: 'origin.moved', status: 409 });
});

test('an origin that an endpoint uses stays', async () => {
  const { id } = await createOrigin(deps(), OWNER, BODY);
  users = ['default', 'shop'];

  await expect(removeOrigin(deps(), OWNER, id)).rejects.toMatchObject({ code: 'origin.in-use', status: 409 });
  await expect(removeOrigin(deps(), OWNER, id)).rejects.toThrow(/default, shop/);
  expect(told).toHaveLength(1);
  users = [];
  purged = [];
  await removeOrigin(deps(), OWNER, id);
  expect(await listOrigins(deps())).toEqual([]);
});

test.each(['0'.repeat(24), 'id', '../x', ''])('an origin "%s" that is not there', async (id) => {
  for (const work of [getOrigin(deps(), id), updateOrigin(deps(), OWNER, id, BODY), removeOrigin(deps(), OWNER, id)]) {
    await expect(work).rejects.toMatchObject({ code: 'origin.not-found', status: 404 });
  }
  expect(told).toEqual([]);
});

test('an account has a bounded number of origins', async () => {
  for (let one = 0; one < LIMITS.origins; one++) await createOrigin(deps(), OWNER, BODY);

  await expect(createOrigin(deps(), OWNER, BODY)).rejects.toThrow(String(LIMITS.origins));
});
