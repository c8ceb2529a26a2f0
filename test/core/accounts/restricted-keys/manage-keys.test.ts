import { randomBytes } from 'node:crypto';
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
