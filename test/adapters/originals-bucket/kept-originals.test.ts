import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchedRemoval } from '../../../lambda/adapters/originals-bucket/fetched-removal.ts';
import { keptOriginals } from '../../../lambda/adapters/originals-bucket/kept-originals.ts';
import type { FetchedObject, KeptOriginals } from '../../../lambda/core/settings/origins/ports.ts';
import { ORIGIN_ID, storedOrigin } from '../../core/settings/origins/stored-origin.ts';
import type { BucketFixture } from '../bucket-fixture.ts';
import { startBucketFixture } from '../bucket-fixture.ts';

let buckets: BucketFixture;
let kept: KeptOriginals;
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
  kept = keptOriginals(buckets.environment, 'originals');
});

afterAll(() => buckets?.close());

test('a file is kept below a prefix of its own and read back as it was', async () => {
  await kept.keep(stored, '/a b/ü.png', object);

  expect(await buckets.keys('originals')).toEqual([`fetched/${ORIGIN_ID}/a b/ü.png`]);
  const back = await kept.find(stored, '/a b/ü.png');
  expect(back).toMatchObject({ etag: object.etag, isPrivate: false });
  expect(Buffer.from(back?.bytes ?? []).toString()).toBe('bytes');
});

test('a private file stays private', async () => {
  await kept.keep(stored, '/secret.png', { ...object, isPrivate: true });

  expect((await kept.find(stored, '/secret.png'))?.isPrivate).toBe(true);
});

test('a purged file is not kept any longer, the others are', async () => {
  await kept.keep(stored, '/purged.png', object);
  await kept.keep(stored, '/stays.png', object);

  await fetchedRemoval(buckets.client, 'originals').forget(['/purged.png', '/none.png']);

  expect(await kept.find(stored, '/purged.png')).toBeUndefined();
  expect(await kept.find(stored, '/stays.png')).toBeDefined();
});

test('a file that is not kept, and one from before the origin was changed', async () => {
  await kept.keep(stored, '/old.png', object);

  expect(await kept.find(stored, '/none.png')).toBeUndefined();
  expect(await kept.find({ ...stored, revision: 2 }, '/old.png')).toBeUndefined();
});
