import { afterAll, beforeAll, expect, test } from 'vitest';
import { assetFinder } from '../../../lambda/adapters/library-table/asset-finder.lean.ts';
import { PATH_KEY } from '../../../lambda/adapters/library-table/library-keys.lean.ts';
import { libraryTable } from '../../../lambda/adapters/library-table/library-table.ts';
import type { AuditEvent } from '../../../lambda/core/audit/event.ts';
import type { Asset, UploadIntent } from '../../../lambda/core/library/asset.ts';
import { toPathRecord, toStoredContent } from '../../../lambda/core/library/asset.ts';
import type { Library, UploadCommit } from '../../../lambda/core/library/library.ts';
import { someEvent } from '../../core/audit/told-events.ts';
import type { LibraryFixture } from '../library-fixture.ts';
import { startLibraryFixture, TEST_CREDENTIALS, TEST_REGION } from '../library-fixture.ts';

let fixture: LibraryFixture;
let library: Library;
let serial = 0;
const told: AuditEvent[] = [];

beforeAll(async () => {
  fixture = await startLibraryFixture();
  library = libraryTable(fixture.client, fixture.table, (event) => told.push(event));
});

afterAll(() => fixture?.close());

function newIntent(path: string): UploadIntent {
  const versionId = (++serial).toString(16).padStart(24, '0');
  return {
    versionId,
    path,
    folder: path.slice(0, path.lastIndexOf('/')) || '/',
    name: path.slice(path.lastIndexOf('/') + 1),
    whenTaken: 'version',
    uploader: { kind: 'private-key', id: 'private-key' },
    keepTags: true,
    tags: ['one', 'two'],
    objectKey: `media${path}/${versionId}.jpg`,
    contentType: 'image/jpeg',
    fileType: 'image',
    size: 1234,
    width: 40,
    height: 30,
    createdAt: '2026-11-25T00:00:00.000Z',
    expiresAt: 1_800_000_000,
  };
}

function newCommit(intent: UploadIntent, changes: Partial<UploadCommit> = {}): UploadCommit {
  const { path, folder, name, versionId, createdAt } = intent;
  const asset: Asset = {
    ...toStoredContent(intent),
    assetId: versionId,
    revision: 1,
    path,
    folder,
    name,
    versionId,
    versionNumber: 1,
    versionCount: 1,
    isPrivate: false,
    createdAt,
    updatedAt: createdAt,
  };
  const version = { ...toStoredContent(intent), assetId: versionId, versionId, number: 1, createdAt };
  return { intent, asset, version, expectedRevision: undefined, newFolders: [], ...changes };
}

function environment() {
  return {
    AWS_ACCESS_KEY_ID: TEST_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: TEST_CREDENTIALS.secretAccessKey,
    AWS_SESSION_TOKEN: 'session',
    AWS_REGION: TEST_REGION,
    AWS_ENDPOINT_URL_DYNAMODB: fixture.endpoint,
  };
}

test('the transformer reads the very record that ElectroDB wrote', async () => {
  const path = '/Ärger & Zoë/東京 B.JPG';
  const intent = newIntent(path);
  const commit = newCommit(intent);
  await library.addIntent(intent);
  const finder = assetFinder(environment(), fixture.table);

  await library.commitUpload(commit, someEvent());

  expect(await finder.find(path)).toEqual(toPathRecord(commit.asset));
  expect(await library.findPath(path)).toEqual(toPathRecord(commit.asset));
  expect(await finder.find(path.toLowerCase())).toBeUndefined();
  expect(await fixture.items()).toContainEqual(expect.objectContaining({ ...PATH_KEY.of(path), path }));
});

test('a completed upload consumes its intent and leaves head, path, version and folders', async () => {
  const intent = newIntent('/a/b/c.jpg');
  const commit = newCommit(intent, { newFolders: ['/a', '/a/b'] });
  await library.addIntent(intent);
  expect(await library.findIntent(intent.versionId)).toEqual(intent);

  expect(await library.commitUpload(commit, someEvent())).toBe('committed');

  expect(await library.findIntent(intent.versionId)).toBeUndefined();
  expect(await library.findAsset(intent.versionId)).toEqual(commit.asset);
  expect(await library.findVersion(intent.versionId, intent.versionId)).toEqual(commit.version);
  expect(await library.missingFolders(['/a', '/a/b', '/a/b/c'])).toEqual(['/a/b/c']);
  expect(await library.findPendingPurge(intent.versionId)).toBeUndefined();
});

test('a second completion finds the intent gone and changes nothing', async () => {
  const intent = newIntent('/twice.jpg');
  await library.addIntent(intent);
  await library.commitUpload(newCommit(intent), someEvent());
  const before = await fixture.items();

  expect(await library.commitUpload(newCommit(intent), someEvent())).toBe('intent-gone');
  expect(await fixture.items()).toEqual(before);
});

test('a taken path or a moved revision leaves everything as it was, the intent included', async () => {
  const first = newIntent('/taken.jpg');
  const second = newIntent('/taken.jpg');
  const commit = newCommit(first);
  await library.addIntent(first);
  await library.addIntent(second);
  await library.commitUpload(commit, someEvent());
  const before = await fixture.items();
  const asset = { ...commit.asset, revision: 3, versionId: second.versionId };

  expect(await library.commitUpload(newCommit(second), someEvent())).toBe('moved');
  expect(await library.commitUpload(newCommit(second, { asset, expectedRevision: 2 }), someEvent())).toBe('moved');
  expect(await fixture.items()).toEqual(before);
});

test('a changed head takes its path along, with everything about a takedown, or nothing happens', async () => {
  const path = '/taken-down.jpg';
  const intent = newIntent(path);
  const { asset, ...commit } = newCommit(intent);
  await library.addIntent(intent);
  await library.commitUpload({ ...commit, asset }, someEvent());
  const takedown = {
    reason: 'copyright',
    author: 'ann',
    since: '2026-01-01T00:00:00.000Z',
    until: '2027-01-01T00:00:00.000Z',
  };
  const changed = { ...asset, takedown, revision: asset.revision + 1 };

  expect(await library.commitHead(changed, asset.revision)).toBe(true);
  expect(await library.commitHead({ ...asset, revision: 9 }, asset.revision)).toBe(false);

  expect(await library.findAsset(asset.assetId)).toEqual(changed);
  const record = {
    ...toPathRecord(asset),
    revision: changed.revision,
    takenDownSince: takedown.since,
    takenDownUntil: takedown.until,
  };
  expect(await library.findPath(path)).toEqual(record);
  expect(await assetFinder(environment(), fixture.table).find(path)).toEqual(record);
});

test('a new version moves head and path on and notes that variants wait for their removal', async () => {
  const first = newIntent('/replaced.jpg');
  const second = newIntent('/replaced.jpg');
  const commit = newCommit(first);
  await library.addIntent(first);
  await library.commitUpload(commit, someEvent());
  await library.addIntent(second);
  const asset = { ...commit.asset, revision: 2, versionId: second.versionId, objectKey: second.objectKey };
  const version = { ...commit.version, versionId: second.versionId, number: 2, objectKey: second.objectKey };

  expect(
    await library.commitUpload({ ...commit, intent: second, asset, version, expectedRevision: 1 }, someEvent()),
  ).toBe('committed');

  expect(await library.findPath('/replaced.jpg')).toEqual(toPathRecord(asset));
  expect(await library.findVersion(first.versionId, first.versionId)).toEqual(commit.version);
  expect(await library.findVersion(first.versionId, second.versionId)).toEqual(version);
  expect(await library.findPendingPurge(second.versionId)).toBe('/replaced.jpg');
  await library.removePendingPurge(second.versionId);
  expect(await library.findPendingPurge(second.versionId)).toBeUndefined();
});

test('of several who take an intent back one is told that it was there', async () => {
  const intent = newIntent('/undone.jpg');
  await library.addIntent(intent);

  const told = await Promise.all([1, 2, 3, 4].map(() => library.removeIntent(intent.versionId)));

  expect(told.filter(Boolean)).toHaveLength(1);
});

test('an intent is never written over', async () => {
  const intent = newIntent('/once.jpg');
  await library.addIntent(intent);

  await expect(library.addIntent(intent)).rejects.toThrow();
});
