import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { edgeSettingsStore } from '../../../lambda/adapters/edge/edge-settings-store.ts';
import type { SettingsStore } from '../../../lambda/core/protection/published/edge-settings.ts';
import { ARN, startKeyValueStore } from './key-value-store-fixture.ts';

/* The adapter with the real SDK client and its signature for all regions, which the local API checks. */
let fixture: Awaited<ReturnType<typeof startKeyValueStore>>;
let store: SettingsStore;

beforeAll(async () => {
  fixture = await startKeyValueStore();
  store = edgeSettingsStore(fixture.client(), async () => ARN);
});

beforeEach(() => fixture.stores.replace(ARN, new Map([['endpoint:default', '{"paused":false}']])));

afterAll(() => fixture.apis.close());

test('reads, puts and deletes', async () => {
  const { entries, version } = await store.read();
  expect(entries).toEqual(new Map([['endpoint:default', '{"paused":false}']]));

  const done = await store.change(
    { puts: new Map([['rules:global:0', '"é/+ "']]), deletes: ['endpoint:default'] },
    version,
  );

  expect(done).toBe((await store.read()).version);
  expect((await store.read()).entries).toEqual(new Map([['rules:global:0', '"é/+ "']]));
});

test('changes more keys than one call takes, and lists more than one page has', async () => {
  const puts = new Map(Array.from({ length: 120 }, (_, index) => [`taken:${index}`, String(index)] as const));
  const { version } = await store.read();

  expect(await store.change({ puts, deletes: ['endpoint:default'] }, version)).toMatch(/./);

  expect((await store.read()).entries).toEqual(puts);
});

test('says when the store has changed since', async () => {
  const { version } = await store.read();
  await fixture.stores.replace(ARN, new Map([['theirs', '1']]));

  expect(await store.change({ puts: new Map([['ours', '1']]), deletes: [] }, version)).toBeUndefined();
  expect((await store.read()).entries).toEqual(new Map([['theirs', '1']]));
});

test('throws what is no conflict: another key, a value that is too long, a store that is not there', async () => {
  const stranger = edgeSettingsStore(fixture.client('another'), async () => ARN);
  const elsewhere = edgeSettingsStore(fixture.client(), async () => `${ARN}-other`);
  const { version } = await store.read();

  await expect(stranger.read()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await expect(elsewhere.read()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(
    store.change({ puts: new Map([['long', 'x'.repeat(1025)]]), deletes: [] }, version),
  ).rejects.toMatchObject({ name: 'ValidationException' });
});

test('an unsigned call is refused', async () => {
  const answer = await fetch(`${fixture.apis.endpoint}/key-value-stores/${encodeURIComponent(ARN)}/keys`);

  expect(answer.status).toBe(403);
});
