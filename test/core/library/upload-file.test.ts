import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { libraryTable } from '../../../lambda/aws/library-table.ts';
import { detectType } from '../../../lambda/content/detect-type.ts';
import { LIMITS } from '../../../lambda/contract/limits.ts';
import type { Problem } from '../../../lambda/core/errors.ts';
import { completeFromEvent } from '../../../lambda/core/library/complete-from-event.ts';
import type { Library } from '../../../lambda/core/library/ports.ts';
import type { UploadFileDeps } from '../../../lambda/core/library/upload-file.ts';
import { uploadFile } from '../../../lambda/core/library/upload-file.ts';
import type { UploadRequest } from '../../../lambda/core/library/upload-request.ts';
import { inspectImage } from '../../../lambda/core/transform/render/inspect.ts';
import type { LibraryFixture } from '../../aws/library-fixture.ts';
import { startLibraryFixture } from '../../aws/library-fixture.ts';

/*
 * The table is real, because what is proven here rests on its transactions. Bytes and the CDN are kept in memory, so that
 * every failure can be brought about.
 */
let fixture: LibraryFixture;
let library: Library;
let picture: Uint8Array;
let objects: Map<string, Uint8Array>;
let purged: string[];
let reports: string[];

beforeAll(async () => {
  fixture = await startLibraryFixture();
  library = libraryTable(fixture.client, fixture.table);
  picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
});

afterAll(() => fixture?.close());

beforeEach(() => {
  objects = new Map();
  purged = [];
  reports = [];
});

function deps(changes: Partial<UploadFileDeps> = {}): UploadFileDeps {
  return {
    library,
    originals: {
      write: async ({ objectKey }, bytes) => void objects.set(objectKey, bytes),
      remove: async (objectKey) => void objects.delete(objectKey),
    },
    variants: { purge: async (path) => void purged.push(path) },
    fetchRemote: async () => picture,
    detectType,
    inspectImage,
    ids: {
      hexId: () => randomBytes(12).toString('hex'),
      nameSuffix: () => randomBytes(7).toString('base64url').slice(0, 9),
    },
    clock: Date.now,
    random: Math.random,
    pause: async (milliseconds) => void (await pause(milliseconds / 20)),
    report: (event) => void reports.push(event),
    ...changes,
  };
}

function request(name: string, changes: Partial<UploadRequest> = {}): UploadRequest {
  return {
    source: { kind: 'bytes', bytes: picture },
    name,
    folder: '/',
    unique: false,
    overwrite: true,
    overwriteTags: true,
    responseFields: [],
    ...changes,
  };
}

const refusal = async (work: Promise<unknown>): Promise<Problem> => {
  const error: unknown = await work.then(
    () => new Error('nothing was refused'),
    (reason: unknown) => reason,
  );
  return error as Problem;
};

const itemsOf = async (path: string) => (await fixture.items()).filter((item) => item.path === path);

test('a first upload makes an asset whose id is its first version', async () => {
  const { asset, version } = await uploadFile(deps(), request('first.png', { folder: '/x/y', tags: ['a'] }));

  expect(asset).toMatchObject({
    path: '/x/y/first.png',
    revision: 1,
    width: 40,
    height: 30,
    tags: ['a'],
    isPrivate: false,
  });
  expect(version).toMatchObject({ versionId: asset.assetId, number: 1 });
  expect([...objects.keys()]).toEqual([`media/x/y/first.png/${asset.assetId}.png`]);
  expect(await library.missingFolders(['/x', '/x/y'])).toEqual([]);
  expect(purged).toEqual([]);
});

test('an overwrite is a new version of the same asset, and what was made of the old one is purged', async () => {
  const before = await uploadFile(deps(), request('over.png', { tags: ['a'], description: 'd', isPrivate: true }));

  const after = await uploadFile(deps(), request('over.png'));

  expect(after.asset).toMatchObject({ assetId: before.asset.assetId, revision: 2, versionNumber: 2, versionCount: 2 });
  expect(after.asset.tags).toBeUndefined();
  expect(after.asset.description).toBe('d');
  expect(after.asset.isPrivate).toBe(true);
  expect(after.asset.createdAt).toBe(before.asset.createdAt);
  expect(objects.size).toBe(2);
  expect(purged).toEqual(['/over.png']);
  expect(await library.findPendingPurge(after.version.versionId)).toBeUndefined();
});

test('tags stay on an overwrite when asked for', async () => {
  await uploadFile(deps(), request('tags.png', { tags: ['a'] }));

  const { asset } = await uploadFile(deps(), request('tags.png', { overwriteTags: false }));

  expect(asset.tags).toEqual(['a']);
});

test('a unique name is suffixed, and again when the suffix is taken', async () => {
  const suffixes = ['aaaaaaaaa', 'aaaaaaaaa', 'bbbbbbbbb'];
  const ids = { ...deps().ids, nameSuffix: () => suffixes.shift() as string };

  const first = await uploadFile(deps({ ids }), request('u.png', { unique: true }));
  const second = await uploadFile(deps({ ids }), request('u.png', { unique: true }));

  expect([first.asset.name, second.asset.name]).toEqual(['u_aaaaaaaaa.png', 'u_bbbbbbbbb.png']);
});

test('a taken name that may not be overwritten is refused and leaves nothing', async () => {
  await uploadFile(deps(), request('taken.png'));
  const before = await fixture.items();
  objects.clear();

  const error = await refusal(uploadFile(deps(), request('taken.png', { overwrite: false })));

  expect(error.code).toBe('upload.name-taken');
  expect(objects.size).toBe(0);
  expect(await fixture.items()).toEqual(before);
});

test('of many who upload one name without overwriting, one gets it and the others leave nothing', async () => {
  const uploads = Array.from({ length: 6 }, () => uploadFile(deps(), request('one.png', { overwrite: false })));

  const results = await Promise.allSettled(uploads);

  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
  expect(new Set(refused)).toEqual(new Set(['upload.name-taken']));
  expect(objects.size).toBe(1);
  expect(await itemsOf('/one.png')).toHaveLength(2);
});

test('many uploads to one name are as many versions of one asset', async () => {
  const count = 8;

  const done = await Promise.all(Array.from({ length: count }, () => uploadFile(deps(), request('many.png'))));

  const [{ asset }] = done as [(typeof done)[0]];
  expect(new Set(done.map((each) => each.asset.assetId)).size).toBe(1);
  expect(done.map(({ version }) => version.number).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  const head = await library.findAsset(asset.assetId);
  expect(head).toMatchObject({ revision: count, versionCount: count });
  expect(await library.findPath('/many.png')).toMatchObject({ revision: count, versionId: head?.versionId });
  expect(objects.size).toBe(count);
});

test.each([
  ['a text named as an image', 'a.jpg', 'just text', 'upload.not-an-image'],
  ['a truncated image', 'a.png', undefined, 'upload.not-an-image'],
])('%s is refused and leaves nothing', async (_, name, content, code) => {
  const before = await fixture.items();
  const bytes = content === undefined ? picture.slice(0, 20) : Buffer.from(content);

  const error = await refusal(uploadFile(deps(), request(name, { source: { kind: 'bytes', bytes } })));

  expect(error.code).toBe(code);
  expect(error.status).toBe(400);
  expect(objects.size).toBe(0);
  expect(await fixture.items()).toEqual(before);
});

test('the client’s own content type counts only where the file says nothing', async () => {
  const source = (text: string) => ({ kind: 'bytes' as const, bytes: Buffer.from(text), claimedType: 'image/png' });

  const pdf = await uploadFile(deps(), request('claimed.pdf', { source: source('%PDF-1.7') }));
  const text = await uploadFile(deps(), request('claimed.txt', { source: source('notes') }));
  const error = await refusal(uploadFile(deps(), request('claimed', { source: source('????') })));

  expect([pdf, text].map(({ asset }) => asset.contentType)).toEqual(['application/pdf', 'text/plain']);
  expect(error.code).toBe('upload.not-an-image');
});

test('coordinates are for images only', async () => {
  const source = { kind: 'bytes' as const, bytes: Buffer.from('notes') };

  const error = await refusal(uploadFile(deps(), request('n.txt', { source, customCoordinates: '0,0,1,1' })));

  expect(error.message).toContain('customCoordinates');
  expect(objects.size).toBe(0);
});

test('the hundred and first version is refused and leaves nothing', async () => {
  const { asset } = await uploadFile(deps(), request('full.png'));
  const full: Library = {
    ...library,
    findAsset: async () => ({ ...asset, versionCount: LIMITS.versions }),
  };
  const before = await fixture.items();

  const error = await refusal(uploadFile(deps({ library: full }), request('full.png')));

  expect(error.code).toBe('upload.version-limit');
  expect(error.message).toContain('100');
  expect(objects.size).toBe(1);
  expect(await fixture.items()).toEqual(before);
});

test('a caller that dies after the bytes is made up for by the event, once', async () => {
  const died = deps({ library: { ...library, commitUpload: () => Promise.reject(new Error('the process died')) } });
  await expect(uploadFile(died, request('died.png'))).rejects.toThrow('died');
  const [objectKey] = [...objects.keys()] as [string];
  expect(await library.findPath('/died.png')).toBeUndefined();

  expect(await completeFromEvent(deps(), objectKey)).toBe('completed');
  const completed = await fixture.items();
  expect(await library.findPath('/died.png')).toMatchObject({ objectKey, width: 40, height: 30 });

  expect(await completeFromEvent(deps(), objectKey)).toBe('settled');
  expect(await fixture.items()).toEqual(completed);
  expect(objects.size).toBe(1);
});

test.each([{ overwrite: true }, { overwrite: false }, { unique: true }])(
  'an event that is faster than the caller changes nothing about the answer: %j',
  async (changes) => {
    const name = `race-${Object.keys(changes)}-${Object.values(changes)}.png`;
    const slow: Library = {
      ...library,
      commitUpload: async (commit) => {
        await completeFromEvent(deps(), commit.intent.objectKey);
        return library.commitUpload(commit);
      },
    };
    const late: UploadFileDeps = deps({
      originals: {
        ...deps().originals,
        write: async (content, bytes) => {
          objects.set(content.objectKey, bytes);
          await completeFromEvent(deps(), content.objectKey);
        },
      },
    });

    const duringCommit = await uploadFile(deps({ library: slow }), request(`a-${name}`, changes));
    const beforeCommit = await uploadFile(late, request(`b-${name}`, changes));

    for (const { asset, version } of [duringCommit, beforeCommit]) {
      expect(version).toMatchObject({ versionId: asset.assetId, number: 1 });
      expect(await library.findAsset(asset.assetId)).toEqual(asset);
      expect(objects.has(asset.objectKey)).toBe(true);
    }
  },
);

test('a failed purge does not fail the upload; the event makes up for it', async () => {
  const variants = { purge: () => Promise.reject(new Error('throttled')) };
  await uploadFile(deps(), request('purge.png'));

  const { asset } = await uploadFile(deps({ variants }), request('purge.png'));

  expect(reports).toEqual(['purge-failed']);
  await expect(completeFromEvent(deps({ variants }), asset.objectKey)).rejects.toThrow('throttled');
  expect(await completeFromEvent(deps(), asset.objectKey)).toBe('settled');
  expect(purged).toEqual(['/purge.png']);
  await completeFromEvent(deps(), asset.objectKey);
  expect(purged).toEqual(['/purge.png']);
});

test('objects that are no originals, or have no intent, are left alone', async () => {
  const stray = `media/stray.png/${'0'.repeat(24)}.png`;
  objects.set(stray, picture);

  expect(await completeFromEvent(deps(), 'uploads/whatever')).toBe('foreign');
  expect(await completeFromEvent(deps(), stray)).toBe('settled');
  expect(objects.has(stray)).toBe(true);
});

test('a file behind a URL is checked like any other', async () => {
  const source = { kind: 'url' as const, url: 'https://example.com/a' };
  const fetched: string[] = [];
  const fetchRemote = async (url: string) => {
    fetched.push(url);
    return picture;
  };

  const { asset } = await uploadFile(deps({ fetchRemote }), request('remote.png', { source }));
  const error = await refusal(
    uploadFile(deps({ fetchRemote: async () => Buffer.from('<html>') }), request('remote.jpg', { source })),
  );

  expect(fetched).toEqual([source.url]);
  expect(asset).toMatchObject({ contentType: 'image/png', width: 40 });
  expect(error.code).toBe('upload.not-an-image');
});
