import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { usedTickets } from '../../../lambda/adapters/accounts-table/used-tickets.ts';
import type { UsedTickets } from '../../../lambda/core/accounts/signed-uploads/upload-ticket.ts';
import type { LibraryFixture } from '../library-fixture.ts';
import { startLibraryFixture, TEST_CREDENTIALS, TEST_REGION } from '../library-fixture.ts';

let fixture: LibraryFixture;
let client: DynamoDBClient;
let tickets: UsedTickets;

beforeAll(async () => {
  fixture = await startLibraryFixture();
  client = new DynamoDBClient({ endpoint: fixture.endpoint, region: TEST_REGION, credentials: TEST_CREDENTIALS });
  tickets = usedTickets(client, fixture.table);
});

afterAll(() => fixture.close());

const endsAt = 1_783_001_800;

test('of twenty calls at once with one ticket, one may go on', async () => {
  const calls = Array.from({ length: 20 }, () => tickets.use('public_a', { token: 'shared', endsAt }));

  expect((await Promise.all(calls)).filter((may) => may)).toHaveLength(1);
  expect(await tickets.use('public_a', { token: 'shared', endsAt: endsAt + 1 })).toBe(false);
});

test('key pairs and tokens do not share their tickets, wherever one ends and the other begins', async () => {
  expect(await tickets.use('public_b', { token: 'x', endsAt })).toBe(true);
  expect(await tickets.use('public_bx', { token: '', endsAt })).toBe(true);
  expect(await tickets.use('public_c', { token: 'x', endsAt })).toBe(true);
});

test('what is kept goes by itself after the ticket’s end, and does not show the token', async () => {
  await tickets.use('public_d', { token: 'a-secret-token', endsAt });
  const { Items = [] } = await client.send(new ScanCommand({ TableName: fixture.table }));

  expect(JSON.stringify(Items)).not.toContain('a-secret-token');
  expect(Items.every(({ expiresAt }) => Number(expiresAt?.N) > endsAt && Number(expiresAt?.N) <= endsAt + 60)).toBe(
    true,
  );
});
