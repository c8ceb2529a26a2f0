import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { restrictedKeys } from '../../../../lambda/adapters/accounts-table/restricted-keys.ts';
import type { ManageKeysDeps } from '../../../../lambda/core/accounts/restricted-keys/manage-keys.ts';
import {
  createKey,
  listKeys,
  revokeKey,
  rollKey,
} from '../../../../lambda/core/accounts/restricted-keys/manage-keys.ts';
import { sha256Hex } from '../../../../lambda/core/kernel/sha256.ts';
import type { LibraryFixture } from '../../../adapters/library-fixture.ts';
import { startLibraryFixture, TEST_CREDENTIALS, TEST_REGION } from '../../../adapters/library-fixture.ts';
import { makeEvent } from '../../audit/told-events.ts';
import { OWNER } from '../../kernel/callers.ts';

/* Keys on a real table, with a clock that the test sets. */
const MINUTE = 60_000;
let fixture: LibraryFixture;
let deps: ManageKeysDeps;
let now = Date.parse('2026-01-01T00:00:00Z');

beforeAll(async () => {
  fixture = await startLibraryFixture();
  const { endpoint, table } = fixture;
  const client = new DynamoDBClient({ endpoint, region: TEST_REGION, credentials: TEST_CREDENTIALS });
  deps = {
    keys: restrictedKeys(client, table, fixture.commit),
    clock: () => now,
    hexId: () => randomBytes(12).toString('hex'),
    secretBytes: () => randomBytes(32),
    makeEvent,
    pause: async (milliseconds) => void (await wait(milliseconds)),
    random: Math.random,
  };
});

afterAll(() => fixture.close());

const create = (lasting?: number) => {
  const endsAt = lasting === undefined ? {} : { endsAt: new Date(now + lasting).toISOString() };
  return createKey(deps, OWNER, { name: 'k', rights: { permissions: ['files.read'] }, ...endsAt });
};

const idsOf = async () => (await deps.keys.read()).keys.map(({ key }) => key.id);

test('a key that has ended goes with the next change', async () => {
  await create(MINUTE);
  now += MINUTE;
  const lasting = await create();

  expect([await idsOf(), (await listKeys(deps)).map(({ id }) => id)]).toEqual([[lasting.id], [lasting.id]]);
});

test.each([
  ['rolled', (late: ManageKeysDeps, id: string) => rollKey(late, OWNER, id, 60)],
  ['revoked', (late: ManageKeysDeps, id: string) => revokeKey(late, OWNER, id)],
])('a key that ends while it is %s is not found', async (_, change) => {
  const { id } = await create(MINUTE);
  const { keys } = deps;
  let reads = 0;
  const late = {
    ...deps,
    keys: {
      ...keys,
      read: async () => {
        if (reads++ === 1) now += MINUTE;
        return keys.read();
      },
    },
  };

  await expect(change(late, id)).rejects.toMatchObject({ code: 'restricted-key.not-found', status: 404 });
});

test('a rolled key never lasts longer than it would have', async () => {
  const old = await create(MINUTE);
  const next = await rollKey(deps, OWNER, old.id, 3600);
  const listed = new Map((await listKeys(deps)).map((key) => [key.id, key]));

  expect([listed.get(old.id)?.endsAt, listed.get(next.id)?.endsAt]).toEqual([old.endsAt, old.endsAt]);
});

/* The attack FAULT-019, for keys: a roll has one write. */
test.each([
  ['before', 0],
  ['after', 1],
])('a roll that dies %s its commit has made no key or one, and can be asked for again', async (_, made) => {
  const old = await create();
  const { keys } = deps;
  const commit: typeof keys.commit = async (...change) => {
    if (made > 0) await keys.commit(...change);
    throw new Error('killed');
  };
  const before = await idsOf();
  await expect(rollKey({ ...deps, keys: { ...keys, commit } }, OWNER, old.id, 60)).rejects.toThrow('killed');

  expect((await idsOf()).length - before.length).toBe(made);
  const next = await rollKey(deps, OWNER, old.id, 60);
  const [held, ending] = await Promise.all([next, old].map(({ key }) => keys.findByDigest(sha256Hex(key))));
  expect([held?.id, held?.endsAt, ending?.replacedBy]).toEqual([next.id, undefined, next.id]);
  const rolled = (await fixture.events()).filter(
    ({ action, object }) => action === 'key.rolled' && object.id === old.id,
  );
  expect(rolled.map(({ after }) => after?.id).filter((id) => id !== next.id)).toEqual(
    (await idsOf()).filter((id) => !before.includes(id) && id !== next.id),
  );
});

test('a key that ends makes none that lasts longer, by whichever way', async () => {
  const endsAt = new Date(now + MINUTE).toISOString();
  const ending = { ...OWNER, endsAt };
  const lasting = await create();
  const rights = { permissions: ['files.read'] } as const;
  const later = new Date(now + 2 * MINUTE).toISOString();

  const refused = { code: 'permission.missing', message: expect.stringContaining(endsAt) };
  await expect(createKey(deps, ending, { name: 'k', rights })).rejects.toMatchObject(refused);
  await expect(createKey(deps, ending, { name: 'k', rights, endsAt: later })).rejects.toMatchObject(refused);
  await expect(rollKey(deps, ending, lasting.id, 60)).rejects.toMatchObject(refused);
  expect(await createKey(deps, ending, { name: 'k', rights, endsAt })).toMatchObject({ endsAt });
});

test('a key that is bound to addresses makes none for others', async () => {
  const bound = { ...OWNER, addresses: ['192.0.2.0/24'] };
  const make = (addresses?: string[]) =>
    createKey(deps, bound, { name: 'k', rights: { permissions: ['files.read'] }, addresses });

  for (const addresses of [undefined, ['192.0.2.0/23'], ['192.0.2.1', '198.51.100.1']]) {
    await expect(make(addresses)).rejects.toMatchObject({ code: 'permission.missing' });
  }
  const made = await make(['192.0.2.8/29']);
  expect((await rollKey(deps, bound, made.id, 0)).addresses).toEqual(['192.0.2.8/29']);
});

test('the day of the last use is listed, and outlives a change of the key', async () => {
  const { id, key } = await create();
  await deps.keys.noteUse(id, sha256Hex(key), '2026-01-02');
  const day = async () => (await listKeys(deps)).find((one) => one.id === id)?.lastUsedOn;

  expect([await day(), (await deps.keys.findByDigest(sha256Hex(key)))?.lastUsedOn]).toEqual([
    '2026-01-02',
    '2026-01-02',
  ]);
  const next = await rollKey(deps, OWNER, id, 60);
  expect([await day(), next.lastUsedOn]).toEqual(['2026-01-02', undefined]);
  await revokeKey(deps, OWNER, id);
  await deps.keys.noteUse(id, sha256Hex(key), '2026-01-03');
  expect(await deps.keys.findByDigest(sha256Hex(key))).toBeUndefined();
});

test('a hundred changes of keys at once are all made', { timeout: 240_000 }, async () => {
  for (const { id } of await listKeys(deps)) await revokeKey(deps, OWNER, id);
  const kept = await Promise.all(Array.from({ length: 40 }, () => create()));
  const [rolled, revoked] = [kept.slice(0, 20), kept.slice(20)];
  const [replacing, , made] = await Promise.all([
    Promise.all(rolled.map(({ id }) => rollKey(deps, OWNER, id, 0))),
    Promise.all(revoked.map(({ id }) => revokeKey(deps, OWNER, id))),
    Promise.all(Array.from({ length: 20 }, () => create())),
  ]);

  const ids = (await listKeys(deps)).map(({ id }) => id);
  expect(ids.sort()).toEqual([...replacing, ...made].map(({ id }) => id).sort());
  for (const { key } of revoked) expect(await deps.keys.findByDigest(sha256Hex(key))).toBeUndefined();
});
