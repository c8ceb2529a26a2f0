import type { Context } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { tagUse } from '../../lambda/adapters/library-table/tag-use.lean.ts';
import { originalWriter } from '../../lambda/adapters/originals-bucket/original-writer.lean.ts';
import { cacheTag } from '../../lambda/core/delivery/cache-tags.ts';
import type { UploadIntent } from '../../lambda/core/library/asset.ts';
import { findPathRecord } from '../../lambda/core/library/files/path-record.ts';
import type { Originals } from '../../lambda/core/library/originals.ts';
import type { LibraryStore } from '../../lambda/core/library/store/library-store.ts';
import { findFolder } from '../../lambda/core/library/tree/find-folder.ts';
import { libraryDeps } from '../core/library/library-world.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { ORIGINALS, startCloudFixture } from './cloud-fixture.ts';
import { lambdaContext, objectCreated } from './events.ts';

let cloud: CloudFixture;
let store: LibraryStore;
let writeOriginal: Originals['write'];
let handler: (event: ReturnType<typeof objectCreated>, context: Context) => Promise<void>;

beforeAll(async () => {
  cloud = await startCloudFixture();
  ({ store } = libraryDeps(cloud.library));
  writeOriginal = originalWriter(cloud.buckets.environment, ORIGINALS);
  ({ handler } = await import('../../lambda/handlers/ingest.ts'));
});

afterAll(() => cloud?.close());
beforeEach(() => void vi.spyOn(console, 'info').mockImplementation(() => undefined));
afterEach(() => vi.restoreAllMocks());

/** What a caller leaves behind that died between bytes and transaction. */
async function leaveBehind(
  path: string,
  versionId: string,
  changes: Partial<UploadIntent> = {},
): Promise<UploadIntent> {
  const intent: UploadIntent = {
    versionId,
    path,
    folder: path.slice(0, path.lastIndexOf('/')) || '/',
    name: path.slice(path.lastIndexOf('/') + 1),
    whenTaken: 'version',
    uploader: { kind: 'private-key', id: 'private-key' },
    keepTags: false,
    objectKey: `media${path}/${versionId}.jpg`,
    contentType: 'image/jpeg',
    fileType: 'image',
    size: 3,
    width: 4,
    height: 3,
    createdAt: new Date().toISOString(),
    endsAt: Math.floor(Date.now() / 1000) + 60,
    ...changes,
  };
  await store.addIntent(intent);
  await writeOriginal(intent, Buffer.from('abc'));
  return intent;
}

/** Something is delivered under a path, as far as the purge can see. @returns the tag */
async function deliver(path: string): Promise<string> {
  const tag = cacheTag('path', path);
  await tagUse(process.env, cloud.library.table).note([tag]);
  return tag;
}

const arrive = (key: string, bucket = ORIGINALS) => handler(objectCreated(bucket, key), lambdaContext());
/** Paths that were resolved are remembered, which changes nothing. */
const itemsButPaths = async () => (await cloud.library.items()).filter(({ pk }) => !String(pk).startsWith('dir#'));
const idOf = (digit: string) => digit.repeat(24);

test('an upload whose caller died becomes visible, once', async () => {
  const intent = await leaveBehind('/räume/died é.jpg', idOf('1'));

  await arrive(intent.objectKey);
  const completed = await itemsButPaths();
  await arrive(intent.objectKey);

  expect(await findPathRecord(store, intent.path)).toMatchObject({
    objectKey: intent.objectKey,
    revision: 1,
    isPrivate: false,
  });
  expect(await findFolder(store, '/räume')).toBeDefined();
  expect(await itemsButPaths()).toEqual(completed);
});

test('a version of a dead caller purges what it replaced', async () => {
  await arrive((await leaveBehind('/again.jpg', idOf('2'))).objectKey);
  const before = cloud.invalidations().length;
  const tag = await deliver('/again.jpg');

  await arrive((await leaveBehind('/again.jpg', idOf('3'))).objectKey);

  expect(await findPathRecord(store, '/again.jpg')).toMatchObject({
    assetId: idOf('2'),
    versionId: idOf('3'),
    // The second was that its bytes were looked at.
    revision: 3,
  });
  expect(cloud.invalidations().slice(before)).toEqual([[`#${tag}`]]);
});

test('a first version of a dead caller purges what an origin may have delivered under its path', async () => {
  const tag = await deliver('/first.jpg');

  await arrive((await leaveBehind('/first.jpg', idOf('6'))).objectKey);

  expect(cloud.invalidations().at(-1)).toEqual([`#${tag}`]);
});

test('a first version of a dead caller under whose path nothing was delivered asks for no invalidation', async () => {
  const before = cloud.invalidations().length;

  await arrive((await leaveBehind('/unseen.jpg', idOf('8'))).objectKey);

  expect(await findPathRecord(store, '/unseen.jpg')).toBeDefined();
  expect(cloud.invalidations().length).toBe(before);
});

test('an upload that may not overwrite is taken back', async () => {
  await arrive((await leaveBehind('/kept.jpg', idOf('4'))).objectKey);
  const refused = await leaveBehind('/kept.jpg', idOf('5'), { whenTaken: 'refuse' });

  await arrive(refused.objectKey);

  expect(await findPathRecord(store, '/kept.jpg')).toMatchObject({ versionId: idOf('4') });
  expect(await store.intent(refused.versionId)).toBeUndefined();
  expect(await cloud.buckets.keys(ORIGINALS)).not.toContain(refused.objectKey);
});

test('objects of another bucket, without an intent, or with an expired one are left alone', async () => {
  const stray = `media/stray.jpg/${idOf('6')}.jpg`;
  const expired = await leaveBehind('/expired.jpg', idOf('7'), { endsAt: Math.floor(Date.now() / 1000) - 1 });
  await writeOriginal({ ...expired, objectKey: stray }, Buffer.from('abc'));
  const before = [await cloud.library.items(), await cloud.buckets.keys(ORIGINALS)];

  for (const key of [stray, expired.objectKey, 'uploads/x', 'media/x']) await arrive(key);
  await arrive(expired.objectKey, 'another-bucket');

  expect([await cloud.library.items(), await cloud.buckets.keys(ORIGINALS)]).toEqual(before);
});
