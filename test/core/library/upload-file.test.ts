import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { LIMITS } from '../../../lambda/contract/limits.ts';
import { OWNER } from '../../../lambda/core/accounts/owner.ts';
import { renameFolder } from '../../../lambda/core/library/folders/move-folder.ts';
import { refusalOf } from './refusal-of.ts';
import type { UploadFixture } from './upload-fixture.ts';
import { startUploadFixture } from './upload-fixture.ts';

let fixture: UploadFixture;
let deps: UploadFixture['deps'];
let request: UploadFixture['request'];
let upload: UploadFixture['upload'];

beforeAll(async () => {
  fixture = await startUploadFixture();
  ({ deps, request, upload } = fixture);
});

afterAll(() => fixture?.close());

beforeEach(() => {
  fixture.objects.clear();
  fixture.purged.length = 0;
  fixture.reports.length = 0;
});

const itemsOf = async (name: string) => (await fixture.items()).filter((item) => item.name === name);

test('a first upload makes an asset whose id is its first version', async () => {
  const { file, version } = await upload(request('first.png', { folder: '/x/y', tags: ['a'] }));

  expect(file.path).toBe('/x/y/first.png');
  expect(file.head).toMatchObject({
    revision: 1,
    width: 40,
    height: 30,
    tags: ['a'],
    isPrivate: false,
  });
  expect(version).toMatchObject({ versionId: file.head.assetId, number: 1 });
  expect([...fixture.objects.keys()]).toEqual([`media/x/y/first.png/${file.head.assetId}.png`]);
  expect(file.folder.path).toBe('/x/y');
  expect(fixture.purged).toEqual([]);
});

test('a new file is private where new files are, unless its upload says otherwise; a new version stays as the file is', async () => {
  const hidden = deps({ defaultVisibility: 'private' });
  const ofNew = async (name: string, isPrivate?: boolean) =>
    (await upload(request(name, isPrivate === undefined ? {} : { isPrivate }), hidden)).file.head.isPrivate;

  expect([await ofNew('unsaid.png'), await ofNew('said.png', false), await ofNew('said-too.png', true)]).toEqual([
    true,
    false,
    true,
  ]);
  expect(await ofNew('said.png')).toBe(false);
});

test('a first upload hides what an origin may have under the path, and what was made of that is purged', async () => {
  const hasOrigins = async () => true;
  await upload(request('hides.png'), deps({ hasOrigins }));

  expect(fixture.purged).toEqual(['/hides.png']);
});

test('an overwrite is a new version of the same asset, and what was made of the old one is purged', async () => {
  const before = await upload(request('over.png', { tags: ['a'], description: 'd', isPrivate: true }));

  const after = await upload(request('over.png'));

  expect(after.file.head).toMatchObject({
    assetId: before.file.head.assetId,
    revision: 2,
    versionNumber: 2,
    versionCount: 2,
  });
  expect(after.file.head.tags).toBeUndefined();
  expect(after.file.head.description).toBe('d');
  expect(after.file.head.isPrivate).toBe(true);
  expect(after.file.head.createdAt).toBe(before.file.head.createdAt);
  expect(fixture.objects.size).toBe(2);
  expect(fixture.purged).toEqual(['/over.png']);
});

test('tags stay on an overwrite when asked for', async () => {
  await upload(request('tags.png', { tags: ['a'] }));

  const { file } = await upload(request('tags.png', { overwriteTags: false }));

  expect(file.head.tags).toEqual(['a']);
});

test('a unique name is suffixed, and again when the suffix is taken', async () => {
  const suffixes = ['aaaaaaaaa', 'aaaaaaaaa', 'bbbbbbbbb'];
  const nameSuffix = () => suffixes.shift() as string;

  const first = await upload(request('u.png', { unique: true }), deps({ nameSuffix }));
  const second = await upload(request('u.png', { unique: true }), deps({ nameSuffix }));

  expect([first.file.head.name, second.file.head.name]).toEqual(['u_aaaaaaaaa.png', 'u_bbbbbbbbb.png']);
});

test('a taken name that may not be overwritten is refused and leaves nothing', async () => {
  await upload(request('taken.png'));
  const before = await fixture.items();
  fixture.objects.clear();

  const error = await refusalOf(upload(request('taken.png', { overwrite: false })));

  expect(error.code).toBe('upload.name-taken');
  expect(fixture.objects.size).toBe(0);
  expect(await fixture.items()).toEqual(before);
});

test('an upload that the event has refused before it is taken back says what it was refused for', async () => {
  const { store } = deps();
  const addIntent: typeof store.addIntent = async (intent) => {
    await upload(request('raced.png'));
    return store.addIntent(intent);
  };
  const endIntent: typeof store.endIntent = async (intent) => {
    await store.endIntent(intent);
    return false;
  };

  const late = deps({ store: { ...store, addIntent, endIntent } });
  const error = await refusalOf(upload(request('raced.png', { overwrite: false }), late));

  expect(error.code).toBe('upload.name-taken');
});

test('of many who upload one name without overwriting, one gets it and the others leave nothing', async () => {
  const uploads = Array.from({ length: 6 }, () => upload(request('one.png', { overwrite: false })));

  const results = await Promise.allSettled(uploads);

  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
  expect(new Set(refused)).toEqual(new Set(['upload.name-taken']));
  expect(fixture.objects.size).toBe(1);
  expect(await itemsOf('one.png')).toHaveLength(2);
});

test('many uploads to one name are as many versions of one asset', async () => {
  const count = 8;

  const done = await Promise.all(Array.from({ length: count }, () => upload(request('many.png'))));

  const [{ file }] = done as [(typeof done)[0]];
  expect(new Set(done.map((each) => each.file.head.assetId)).size).toBe(1);
  expect(done.map(({ number }) => number).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  const head = await fixture.store.head(file.head.assetId);
  expect(head).toMatchObject({ revision: count, versionCount: count });
  expect(await fixture.pathRecord('/many.png')).toMatchObject({ revision: count, versionId: head?.versionId });
  expect(fixture.objects.size).toBe(count);
});

test('the hundred and first version is refused and leaves nothing', async () => {
  const { file } = await upload(request('full.png'));
  const store = {
    ...fixture.store,
    head: async () => ({ ...file.head, versionCount: LIMITS.versions }),
  };
  const before = await fixture.items();

  const error = await refusalOf(upload(request('full.png'), deps({ store })));

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

  const { file } = await upload(request('remote.png', { source }), deps({ fetchRemote }));
  const error = await refusalOf(
    upload(request('remote.jpg', { source }), deps({ fetchRemote: async () => Buffer.from('<html>') })),
  );

  expect(fetched).toEqual([source.url]);
  expect(file.head).toMatchObject({ contentType: 'image/png', width: 40 });
  expect(error.code).toBe('upload.not-an-image');
});

test.each([
  ['a text named as an image', 'a.jpg', 'just text', 'upload.not-an-image'],
  ['a truncated image', 'a.png', undefined, 'upload.broken-image'],
])('%s is refused and leaves nothing', async (_, name, content, code) => {
  const before = await fixture.items();
  const bytes = content === undefined ? fixture.picture.slice(0, 20) : Buffer.from(content);

  const error = await refusalOf(upload(request(name, { source: { kind: 'bytes', bytes } })));

  expect(error.code).toBe(code);
  expect(error.status).toBe(400);
  expect(fixture.objects.size).toBe(0);
  expect(await fixture.items()).toEqual(before);
});

test('the client’s own content type counts only where the file says nothing', async () => {
  const source = (text: string) => ({ kind: 'bytes' as const, bytes: Buffer.from(text), claimedType: 'image/png' });

  const pdf = await upload(request('claimed.pdf', { source: source('%PDF-1.7') }));
  const text = await upload(request('claimed.txt', { source: source('notes') }));
  const error = await refusalOf(upload(request('claimed', { source: source('????') })));

  expect([pdf, text].map(({ file }) => file.head.contentType)).toEqual(['application/pdf', 'text/plain']);
  expect(error.code).toBe('upload.not-an-image');
  expect([pdf, text].map(({ file, version }) => [file.head.declaredType, version.declaredType])).toEqual([
    ['image/png', 'image/png'],
    ['image/png', 'image/png'],
  ]);
});

test('a folder that is renamed while the bytes are stored does not take the file along', async () => {
  await upload(request('before.png', { folder: '/renamed' }));
  const originals = {
    ...deps().originals,
    write: async ({ objectKey }: { readonly objectKey: string }, bytes: Uint8Array) => {
      fixture.objects.set(objectKey, bytes);
      await renameFolder(deps(), OWNER, { folder: '/renamed', newName: 'elsewhere' });
    },
  };

  const { file } = await upload(request('a.png', { folder: '/renamed' }), deps({ originals }));

  expect(file.path).toBe('/renamed/a.png');
  expect(await fixture.pathRecord('/renamed/a.png')).toMatchObject({ assetId: file.head.assetId });
  expect(await fixture.pathRecord('/elsewhere/a.png')).toBeUndefined();
});

test('coordinates are for images only', async () => {
  const source = { kind: 'bytes' as const, bytes: Buffer.from('notes') };

  const error = await refusalOf(upload(request('n.txt', { source, customCoordinates: '0,0,1,1' })));

  expect(error.message).toContain('customCoordinates');
  expect(fixture.objects.size).toBe(0);
});
