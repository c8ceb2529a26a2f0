import { afterAll, beforeAll, expect, test } from 'vitest';
import { originCache } from '../../../lambda/adapters/originals-bucket/origin-cache.ts';
import { originCacheRemoval } from '../../../lambda/adapters/originals-bucket/origin-cache-removal.ts';
import type { OriginCache } from '../../../lambda/core/settings/origins/origin-cache.ts';
import type { FetchedObject } from '../../../lambda/core/settings/origins/origin-fetcher.ts';
import { ORIGIN_ID, storedOrigin } from '../../core/settings/origins/stored-origin.ts';
import type { BucketFixture } from '../bucket-fixture.ts';
import { startBucketFixture } from '../bucket-fixture.ts';

let buckets: BucketFixture;
let cache: OriginCache;
const stored = storedOrigin('WEB_FOLDER', { baseUrl: 'https://a.example', keepOriginals: true });
const object: FetchedObject = {
  outcome: 'found',
  bytes: Buffer.from('bytes'),
  contentType: 'image/png',
  etag: 'W/"ü"',
  isPrivate: false,
};

beforeAll(async () => {
  buckets = await startBucketFixture('originals');
  cache = originCache(buckets.environment, 'originals');
});

afterAll(() => buckets?.close());

test('a file is cached below a prefix of its own and read back as it was', async () => {
  await cache.put(stored, '/a b/ü.png', object);

  expect(await buckets.keys('originals')).toEqual([`fetched/${ORIGIN_ID}/a b/ü.png`]);
  const back = await cache.find(stored, '/a b/ü.png');
  expect(back).toMatchObject({ etag: object.etag, isPrivate: false });
  expect(Buffer.from(back?.bytes ?? []).toString()).toBe('bytes');
});

test('a private file stays private', async () => {
  await cache.put(stored, '/secret.png', { ...object, isPrivate: true });

  expect((await cache.find(stored, '/secret.png'))?.isPrivate).toBe(true);
});

test('a purged file is not cached any longer, the others are', async () => {
  await cache.put(stored, '/purged.png', object);
  await cache.put(stored, '/stays.png', object);

  await originCacheRemoval(buckets.client, 'originals').remove(['/purged.png', '/none.png']);

  expect(await cache.find(stored, '/purged.png')).toBeUndefined();
  expect(await cache.find(stored, '/stays.png')).toBeDefined();
});

test('a file that is not cached, and one from before the origin was changed', async () => {
  await cache.put(stored, '/old.png', object);

  expect(await cache.find(stored, '/none.png')).toBeUndefined();
  expect(await cache.find({ ...stored, revision: 2 }, '/old.png')).toBeUndefined();
});
