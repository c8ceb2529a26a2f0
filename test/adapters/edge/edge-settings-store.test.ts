import { lookup as resolve } from 'node:dns';
import { Agent } from 'node:http';
import type { LookupFunction } from 'node:net';
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { type AwsApis, KeyValueStores, startAwsApis } from 'local-cloud/aws-apis';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { edgeSettingsStore } from '../../../lambda/adapters/edge/edge-settings-store.ts';
import type { SettingsStore } from '../../../lambda/core/protection/published/edge-settings.ts';
import { TEST_CREDENTIALS } from '../library-fixture.ts';

/* The adapter with the real SDK client and its signature for all regions, which the local API checks. */
const ARN = 'arn:aws:cloudfront::000000000000:key-value-store/settings';

let apis: AwsApis;
let stores: KeyValueStores;
let store: SettingsStore;

/** The SDK puts the account before the host; names under localhost are this machine (RFC 6761). */
const localLookup: LookupFunction = (name, options, done) =>
  resolve(name.endsWith('.localhost') ? '127.0.0.1' : name, options, done);

function client(secretAccessKey: string = TEST_CREDENTIALS.secretAccessKey): CloudFrontKeyValueStoreClient {
  return new CloudFrontKeyValueStoreClient({
    region: 'us-east-1',
    endpoint: apis.endpoint.replace('127.0.0.1', 'localhost'),
    credentials: { ...TEST_CREDENTIALS, secretAccessKey },
    requestHandler: { httpAgent: new Agent({ lookup: localLookup }) },
    maxAttempts: 1,
  });
}

beforeAll(async () => {
  stores = await KeyValueStores.open(undefined);
  await stores.declare(ARN, new Map());
  apis = await startAwsApis({
    stateFile: undefined,
    parameters: new Map(),
    keyValueStores: stores,
    invalidate: () => true,
    principals: new Map([[TEST_CREDENTIALS.accessKeyId, TEST_CREDENTIALS.secretAccessKey]]),
    log: console.error,
  });
  store = edgeSettingsStore(client(), async () => ARN);
});

beforeEach(() => stores.replace(ARN, new Map([['endpoint:default', '{"paused":false}']])));

afterAll(() => apis.close());

test('reads, puts and deletes', async () => {
  const { entries, version } = await store.read();
  expect(entries).toEqual(new Map([['endpoint:default', '{"paused":false}']]));

  const done = await store.change(
    { puts: new Map([['rules:global:0', '"é/+ "']]), deletes: ['endpoint:default'] },
    version,
  );

  expect(done).toBe(true);
  expect((await store.read()).entries).toEqual(new Map([['rules:global:0', '"é/+ "']]));
});

test('changes more keys than one call takes, and lists more than one page has', async () => {
  const puts = new Map(Array.from({ length: 120 }, (_, index) => [`taken:${index}`, String(index)] as const));
  const { version } = await store.read();

  expect(await store.change({ puts, deletes: ['endpoint:default'] }, version)).toBe(true);

  expect((await store.read()).entries).toEqual(puts);
});

test('says when the store has changed since', async () => {
  const { version } = await store.read();
  await stores.replace(ARN, new Map([['theirs', '1']]));

  expect(await store.change({ puts: new Map([['ours', '1']]), deletes: [] }, version)).toBe(false);
  expect((await store.read()).entries).toEqual(new Map([['theirs', '1']]));
});

test('throws what is no conflict: another key, a value that is too long, a store that is not there', async () => {
  const stranger = edgeSettingsStore(client('another'), async () => ARN);
  const elsewhere = edgeSettingsStore(client(), async () => `${ARN}-other`);
  const { version } = await store.read();

  await expect(stranger.read()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await expect(elsewhere.read()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(
    store.change({ puts: new Map([['long', 'x'.repeat(1025)]]), deletes: [] }, version),
  ).rejects.toMatchObject({ name: 'ValidationException' });
});

test('an unsigned call is refused', async () => {
  const answer = await fetch(`${apis.endpoint}/key-value-stores/${encodeURIComponent(ARN)}/keys`);

  expect(answer.status).toBe(403);
});
