import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { LIMITS } from '../../../lambda/contract/limits.ts';
import type { Library } from '../../../lambda/core/library/library.ts';
import { uploadFile } from '../../../lambda/core/library/upload-file.ts';
import { OWNER } from '../kernel/callers.ts';
import type { UploadFixture } from './upload-fixture.ts';
import { refusalOf, startUploadFixture } from './upload-fixture.ts';

let fixture: UploadFixture;
let deps: UploadFixture['deps'];
let request: UploadFixture['request'];

beforeAll(async () => {
  fixture = await startUploadFixture();
  ({ deps, request } = fixture);
});

afterAll(() => fixture?.close());

beforeEach(() => {
  fixture.objects.clear();
  fixture.purged.length = 0;
  fixture.reports.length = 0;
});

const itemsOf = async (path: string) => (await fixture.items()).filter((item) => item.path === path);

test('a first upload makes an asset whose id is its first version', async () => {
  const { asset, version } = await uploadFile(deps(), OWNER, request('first.png', { folder: '/x/y', tags: ['a'] }));

  expect(asset).toMatchObject({
    path: '/x/y/first.png',
    revision: 1,
    width: 40,
    height: 30,
    tags: ['a'],
    isPrivate: false,
  });
  expect(version).toMatchObject({ versionId: asset.assetId, number: 1 });
  expect([...fixture.objects.keys()]).toEqual([`media/x/y/first.png/${asset.assetId}.png`]);
  expect(await fixture.library.missingFolders(['/x', '/x/y'])).toEqual([]);
  expect(fixture.purged).toEqual([]);
});

test('a first upload hides what an origin may have under the path, and what was made of that is purged', async () => {
  const hasOrigins = async () => true;
  const { version } = await uploadFile(deps({ hasOrigins }), OWNER, request('hides.png'));

  expect(fixture.purged).toEqual(['/hides.png']);
  expect(await fixture.library.findPendingPurge(version.versionId)).toBeUndefined();
});

test('an overwrite is a new version of the same asset, and what was made of the old one is purged', async () => {
  const before = await uploadFile(
    deps(),
    OWNER,
    request('over.png', { tags: ['a'], description: 'd', isPrivate: true }),
  );

  const after = await uploadFile(deps(), OWNER, request('over.png'));

  expect(after.asset).toMatchObject({ assetId: before.asset.assetId, revision: 2, versionNumber: 2, versionCount: 2 });
  expect(after.asset.tags).toBeUndefined();
  expect(after.asset.description).toBe('d');
  expect(after.asset.isPrivate).toBe(true);
  expect(after.asset.createdAt).toBe(before.asset.createdAt);
  expect(fixture.objects.size).toBe(2);
  expect(fixture.purged).toEqual(['/over.png']);
  expect(await fixture.library.findPendingPurge(after.version.versionId)).toBeUndefined();
});

test('tags stay on an overwrite when asked for', async () => {
  await uploadFile(deps(), OWNER, request('tags.png', { tags: ['a'] }));

  const { asset } = await uploadFile(deps(), OWNER, request('tags.png', { overwriteTags: false }));

  expect(asset.tags).toEqual(['a']);
});

test('a unique name is suffixed, and again when the suffix is taken', async () => {
  const suffixes = ['aaaaaaaaa', 'aaaaaaaaa', 'bbbbbbbbb'];
  const ids = { ...deps().ids, nameSuffix: () => suffixes.shift() as string };

  const first = await uploadFile(deps({ ids }), OWNER, request('u.png', { unique: true }));
  const second = await uploadFile(deps({ ids }), OWNER, request('u.png', { unique: true }));

  expect([first.asset.name, second.asset.name]).toEqual(['u_aaaaaaaaa.png', 'u_bbbbbbbbb.png']);
});

test('a taken name that may not be overwritten is refused and leaves nothing', async () => {
  await uploadFile(deps(), OWNER, request('taken.png'));
  const before = await fixture.items();
  fixture.objects.clear();

  const error = await refusalOf(uploadFile(deps(), OWNER, request('taken.png', { overwrite: false })));

  expect(error.code).toBe('upload.name-taken');
  expect(fixture.objects.size).toBe(0);
  expect(await fixture.items()).toEqual(before);
});

test('of many who upload one name without overwriting, one gets it and the others leave nothing', async () => {
  const uploads = Array.from({ length: 6 }, () => uploadFile(deps(), OWNER, request('one.png', { overwrite: false })));

  const results = await Promise.allSettled(uploads);

  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
  expect(new Set(refused)).toEqual(new Set(['upload.name-taken']));
  expect(fixture.objects.size).toBe(1);
  expect(await itemsOf('/one.png')).toHaveLength(2);
});

test('many uploads to one name are as many versions of one asset', async () => {
  const count = 8;

  const done = await Promise.all(Array.from({ length: count }, () => uploadFile(deps(), OWNER, request('many.png'))));

  const [{ asset }] = done as [(typeof done)[0]];
  expect(new Set(done.map((each) => each.asset.assetId)).size).toBe(1);
  expect(done.map(({ version }) => version.number).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  const head = await fixture.library.findAsset(asset.assetId);
  expect(head).toMatchObject({ revision: count, versionCount: count });
  expect(await fixture.library.findPath('/many.png')).toMatchObject({ revision: count, versionId: head?.versionId });
  expect(fixture.objects.size).toBe(count);
});

test('the hundred and first version is refused and leaves nothing', async () => {
  const { asset } = await uploadFile(deps(), OWNER, request('full.png'));
  const full: Library = {
    ...fixture.library,
    findAsset: async () => ({ ...asset, versionCount: LIMITS.versions }),
  };
  const before = await fixture.items();

  const error = await refusalOf(uploadFile(deps({ library: full }), OWNER, request('full.png')));

  expect(error.code).toBe('upload.version-limit');
  expect(error.message).toContain('100');
  expect(fixture.objects.size).toBe(1);
  expect(await fixture.items()).toEqual(before);
});

test('a file behind a URL is checked like any other', async () => {
  const source = { kind: 'url' as const, url: 'https://example.com/a' };
  const fetched: string[] = [];
  const fetchRemote = async (url: string) => {
    fetched.push(url);
    return fixture.picture;
  };

  const { asset } = await uploadFile(deps({ fetchRemote }), OWNER, request('remote.png', { source }));
  const error = await refusalOf(
    uploadFile(deps({ fetchRemote: async () => Buffer.from('<html>') }), OWNER, request('remote.jpg', { source })),
  );

  expect(fetched).toEqual([source.url]);
  expect(asset).toMatchObject({ contentType: 'image/png', width: 40 });
  expect(error.code).toBe('upload.not-an-image');
});

test.each([
  ['a text named as an image', 'a.jpg', 'just text', 'upload.not-an-image'],
  ['a truncated image', 'a.png', undefined, 'upload.broken-image'],
])('%s is refused and leaves nothing', async (_, name, content, code) => {
  const before = await fixture.items();
  const bytes = content === undefined ? fixture.picture.slice(0, 20) : Buffer.from(content);

  const error = await refusalOf(uploadFile(deps(), OWNER, request(name, { source: { kind: 'bytes', bytes } })));

  expect(error.code).toBe(code);
  expect(error.status).toBe(400);
  expect(fixture.objects.size).toBe(0);
  expect(await fixture.items()).toEqual(before);
});

test('the client’s own content type counts only where the file says nothing', async () => {
  const source = (text: string) => ({ kind: 'bytes' as const, bytes: Buffer.from(text), claimedType: 'image/png' });

  const pdf = await uploadFile(deps(), OWNER, request('claimed.pdf', { source: source('%PDF-1.7') }));
  const text = await uploadFile(deps(), OWNER, request('claimed.txt', { source: source('notes') }));
  const error = await refusalOf(uploadFile(deps(), OWNER, request('claimed', { source: source('????') })));

  expect([pdf, text].map(({ asset }) => asset.contentType)).toEqual(['application/pdf', 'text/plain']);
  expect(error.code).toBe('upload.not-an-image');
});

test('coordinates are for images only', async () => {
  const source = { kind: 'bytes' as const, bytes: Buffer.from('notes') };

  const error = await refusalOf(uploadFile(deps(), OWNER, request('n.txt', { source, customCoordinates: '0,0,1,1' })));

  expect(error.message).toContain('customCoordinates');
  expect(fixture.objects.size).toBe(0);
});
