import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tagUse } from '../../lambda/adapters/library-table/tag-use.lean.ts';
import { ENGINE_VERSION } from '../../lambda/contract/engine-version.ts';
import { cacheTag } from '../../lambda/core/delivery/cache-tags.ts';
import { sha256Hex } from '../../lambda/core/kernel/sha256.ts';
import { assetPrefix } from '../../lambda/core/request/variant-key.ts';
import { processorMilliseconds } from '../processor-time.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { startCloudFixture, VARIANTS } from './cloud-fixture.ts';

const ASSETS = 1000;
const ENDPOINTS = 20;

/** Dollars of one path or tag beyond the first thousand of a month (CloudFront, "Pricing"). */
const ITEM = 0.005;
const FREE_ITEMS = 1000;

let cloud: CloudFixture;

beforeAll(async () => {
  cloud = await startCloudFixture({ invalidationSeconds: 60 });
});

afterAll(() => cloud?.close());

const paths = Array.from({ length: ASSETS }, (_, index) => `/shop/${index}.jpg`);

/** Does something for many, a few at a time. */
async function forEach<T>(values: readonly T[], work: (value: T) => Promise<unknown>): Promise<void> {
  const left = [...values];
  const worker = async () => {
    for (let value = left.pop(); value !== undefined; value = left.pop()) await work(value);
  };
  await Promise.all(Array.from({ length: 16 }, worker));
}

test('1,000 overwrites, each shown by 20 endpoints, leave nothing stale, and cost one item each and a minute of processor time at most', async () => {
  // What a CDN holds that takes a minute for every invalidation: each asset at each endpoint, by tags.
  const held = new Map<string, string[]>();
  const { note } = tagUse(process.env, cloud.library.table);
  await forEach(paths, async (path) => {
    const tag = cacheTag('path', path);
    await note([tag]);
    for (let endpoint = 0; endpoint < ENDPOINTS; endpoint++) held.set(`${path} ${endpoint}`, [tag]);
    const Key = `${assetPrefix(path, ENGINE_VERSION, sha256Hex).slice(1)}open/e0/x.webp`;
    await cloud.buckets.client.send(new PutObjectCommand({ Bucket: VARIANTS, Key, Body: 'old' }));
  });
  const { composeLibrary } = await import('../../lambda/handlers/composition/library.ts');
  const { changes } = composeLibrary();

  const spent = await processorMilliseconds(() =>
    forEach(paths, (path) => changes.carryOut([{ effect: 'purge-path', path }])),
  );

  expect(spent).toBeLessThan(60_000);
  const items = cloud.invalidations().flat();
  const told = new Set(items);
  const stale = [...held.values()].filter((tags) => !tags.some((tag) => told.has(`#${tag}`)));
  expect(stale).toEqual([]);
  expect(await cloud.buckets.keys(VARIANTS)).toEqual([]);
  expect(items).toHaveLength(ASSETS);
  expect(items.filter((item) => item.endsWith('*'))).toEqual([]);
  expect(Math.max(0, items.length - FREE_ITEMS) * ITEM).toBe(0);
}, 180_000);
