import { createHash } from 'node:crypto';
import type { Context } from 'aws-lambda';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { ENVIRONMENT } from '../../lambda/contract/environment.ts';
import { findPathRecord } from '../../lambda/core/library/files/path-record.ts';
import { libraryDeps } from '../core/library/library-world.ts';
import { xmpPacket, xmpTexts } from '../formats/metadata/xmp-packet.ts';
import { ORIGINALS } from './cloud-fixture.ts';
import { lambdaContext, objectCreated } from './events.ts';
import type { LibraryClient } from './library-client.ts';
import { startLibraryClient } from './library-client.ts';

/* What is found out about an upload after its answer: by the function that S3 wakes, through the real stores. */
let client: LibraryClient;
let ingest: (event: ReturnType<typeof objectCreated>, context: Context) => Promise<void>;
let picture: Buffer;

beforeAll(async () => {
  client = await startLibraryClient({ followsChanges: true });
  process.env[ENVIRONMENT.embeddedFields] = JSON.stringify({
    tags: 'keywords',
    description: 'caption',
    'customMetadata.alt_de': 'altText-de',
    'customMetadata.rights': 'copyright',
    'customMetadata.gone': 'title',
  });
  ({ handler: ingest } = await import('../../lambda/handlers/ingest.ts'));
  const packet = xmpPacket(
    xmpTexts('dc:title', { 'x-default': 'Harbour', de: 'Hafen' }) +
      xmpTexts('Iptc4xmpCore:AltTextAccessibility', { 'x-default': 'Boats', de: 'Boote' }) +
      '<dc:subject><rdf:Bag><rdf:li>sea</rdf:li><rdf:li>boats</rdf:li></rdf:Bag></dc:subject>',
  );
  picture = await sharp({ create: { width: 80, height: 60, channels: 3, background: 'teal' } })
    .withExif({
      IFD0: { Artist: 'Ada', Copyright: 'Ada 2026', ImageDescription: 'In the evening' },
      IFD2: { DateTimeOriginal: '2026:11:25 10:20:30' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '44/1 24/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '8/1 54/1 0/1' },
    })
    .withXmp(packet)
    .jpeg()
    .toBuffer();
  for (const name of ['alt_de', 'rights']) {
    await client.call('POST', '/v1/customMetadataFields', {
      body: { name, label: name, schema: { type: 'Text', maxLength: name === 'rights' ? 3 : 100 } },
    });
  }
});

afterAll(() => client?.close());
beforeEach(() => void vi.spyOn(console, 'info').mockImplementation(() => undefined));

async function upload(name: string, bytes: Uint8Array, fields: Readonly<Record<string, string>> = {}): Promise<string> {
  const form = new FormData();
  form.set('file', new Blob([Buffer.from(bytes)]), name);
  const all = { fileName: name, folder: '/described', useUniqueFileName: 'false', ...fields };
  for (const [field, value] of Object.entries(all)) form.set(field, value);
  const answer = await client.post('/api/v1/files/upload', form);
  return JSON.parse(await answer.text()).fileId;
}

/** S3 tells of every object that it has under a name. */
async function tellOf(name: string): Promise<void> {
  const keys = (await client.cloud.buckets.keys(ORIGINALS)).filter((key) => key.includes(`/${name}/`));
  for (const key of keys) await ingest(objectCreated(ORIGINALS, key), lambdaContext());
  await client.cloud.followed();
}

async function details(fileId: string) {
  const answer = await client.call('GET', `/v1/files/${fileId}/details`);
  return { etag: answer.headers.get('etag'), body: JSON.parse(await answer.text()) };
}

async function found(searchQuery: string): Promise<string[]> {
  const answer = await client.call('GET', `/v1/files?searchQuery=${encodeURIComponent(searchQuery)}`);
  return JSON.parse(await answer.text()).map(({ name }: { name: string }) => name);
}

const plain = () =>
  sharp({ create: { width: 8, height: 6, channels: 4, background: '#ff000080' } })
    .png()
    .toBuffer();

test('a picture is described once S3 has told of it, and what is embedded fills what nobody gave', async () => {
  const fileId = await upload('harbour.jpg', picture);
  const before = await details(fileId);
  await tellOf('harbour.jpg');
  const { body } = await details(fileId);

  expect(before.body).toMatchObject({ embeddedMetadata: null, tags: null });
  expect(before.body).not.toHaveProperty('blurhash');
  expect(body).toMatchObject({
    hasAlpha: false,
    checksum: createHash('sha256').update(picture).digest('hex'),
    dominantColor: expect.stringMatching(/^#0[01]8[01]8[01]$/),
    blurhash: expect.stringMatching(/^.{28}$/),
    thumbhash: expect.stringMatching(/^[\w+/=]{20,40}$/),
    pHash: expect.stringMatching(/^[0-9a-f]{16}$/),
    tags: ['sea', 'boats'],
    description: 'In the evening',
    // A copyright that is too long for its field, and a field that there is not, stay empty.
    customMetadata: { alt_de: 'Boote' },
    embeddedMetadata: {
      Title: 'Harbour',
      'Title-de': 'Hafen',
      'AltTextAccessibility-de': 'Boote',
      Keywords: ['sea', 'boats'],
      Artist: 'Ada',
      DateTimeOriginal: '2026-11-25T10:20:30.000Z',
      GPSLatitude: [44, 24, 0],
    },
    updatedBy: 'system',
  });
});

test('it is found by what it shows', async () => {
  await upload('clear.png', await plain());
  await tellOf('clear.png');

  expect(await found('"embeddedMetadata.Keywords" IN ["boats"]')).toEqual(['harbour.jpg']);
  expect(await found('"embeddedMetadata.DateTimeOriginal" > "2026-11-25" AND type = "file"')).toEqual(['harbour.jpg']);
  expect(await found('"embeddedMetadata.LocationTaken" = "44.4,8.9 1km"')).toEqual(['harbour.jpg']);
  expect(await found('transparency = true')).toEqual(['clear.png']);
  const checksum = createHash('sha256').update(picture).digest('hex');
  expect(await found(`checksum = "${checksum}"`)).toEqual(['harbour.jpg']);
});

test('lists have placeholders, and nothing embedded', async () => {
  const answer = await client.call('GET', '/v1/files?path=/described&name=harbour.jpg');

  expect(JSON.parse(await answer.text())).toMatchObject([
    { blurhash: expect.any(String), thumbhash: expect.any(String), embeddedMetadata: null },
  ]);
});

test('being described is no change: a condition of before still holds, and no picture is made anew', async () => {
  const { store } = libraryDeps(client.cloud.library);
  const fileId = await upload('same.png', await plain());
  const before = await details(fileId);
  const delivered = await findPathRecord(store, '/described/same.png');
  await tellOf('same.png');
  const after = await details(fileId);
  const deliveredThen = await findPathRecord(store, '/described/same.png');
  const patched = await client.call('PATCH', `/v1/files/${fileId}/details`, {
    body: { description: 'Seen' },
    headers: { 'if-match': String(before.etag) },
  });

  expect(after.body.thumbhash).toBeDefined();
  expect([after.etag, after.body.updatedAt]).toEqual([before.etag, before.body.updatedAt]);
  expect(deliveredThen).toEqual(delivered);
  expect(patched.status).toBe(200);
  expect(JSON.parse(await patched.text())).toMatchObject({ description: 'Seen', thumbhash: after.body.thumbhash });
});

test('told twice, nothing is written a second time', async () => {
  const itemsButPaths = async () =>
    (await client.cloud.library.items()).filter(({ pk }) => !String(pk).startsWith('dir#'));
  await upload('twice.png', await plain());
  await tellOf('twice.png');
  const once = await itemsButPaths();
  await tellOf('twice.png');

  expect(await itemsButPaths()).toEqual(once);
});

test('what somebody gave stays', async () => {
  const fileId = await upload('given.jpg', picture, { tags: 'mine', description: 'Mine' });
  await tellOf('given.jpg');

  expect((await details(fileId)).body).toMatchObject({ tags: ['mine'], description: 'Mine' });
});

test('each version has its own description, and what becomes of the file keeps it', async () => {
  const fileId = await upload('versions.png', await plain());
  await tellOf('versions.png');
  const first = (await details(fileId)).body;
  await upload(
    'versions.png',
    await sharp(await plain())
      .negate()
      .png()
      .toBuffer(),
  );
  const fresh = (await details(fileId)).body;
  await tellOf('versions.png');
  const second = (await details(fileId)).body;
  await client.call('PUT', `/v1/files/${fileId}/versions/${first.versionInfo.id}/restore`);
  const restored = (await details(fileId)).body;
  await client.imagekit.files.rename({ filePath: '/described/versions.png', newFileName: 'renamed.png' });
  const renamed = (await details(fileId)).body;

  expect(fresh).not.toHaveProperty('checksum');
  expect(second.checksum).not.toBe(first.checksum);
  for (const one of [restored, renamed]) {
    expect(one).toMatchObject({ checksum: first.checksum, dominantColor: first.dominantColor });
  }
});

test('a file that is no picture has a checksum and no more', async () => {
  const text = Buffer.from('no picture');
  const fileId = await upload('notes.txt', text);
  await tellOf('notes.txt');
  const { body } = await details(fileId);

  expect(body).toMatchObject({ checksum: createHash('sha256').update(text).digest('hex'), embeddedMetadata: null });
  expect(body).not.toHaveProperty('hasAlpha');
});

test('files with the same bytes are listed in sets, of what a key sees', async () => {
  const large = Buffer.alloc(5000, 'a');
  await upload('large-1.bin', large, { folder: '/twins' });
  const second = await upload('large-2.bin', large, { folder: '/twins/hidden' });
  await upload('small-1.bin', Buffer.from('x'), { folder: '/twins' });
  await upload('small-2.bin', Buffer.from('x'), { folder: '/twins' });
  for (const name of ['large-1.bin', 'large-2.bin', 'small-1.bin', 'small-2.bin']) await tellOf(name);
  const folders = JSON.parse(await (await client.call('GET', '/v1/files?type=folder&path=/')).text());
  const { folderId } = folders.find(({ name }: { name: string }) => name === 'twins');
  const all = JSON.parse(await (await client.call('GET', '/v1/search/duplicates')).text());
  const here = JSON.parse(await (await client.call('GET', '/v1/search/duplicates?path=/twins')).text());

  const names = (sets: { files: { name: string }[] }[]) => sets.map(({ files }) => files.map(({ name }) => name));
  expect(folderId).toBeDefined();
  expect(names(all.sets)).toContainEqual(['large-1.bin', 'large-2.bin']);
  expect(names(all.sets)).toContainEqual(['small-1.bin', 'small-2.bin']);
  expect(all.sets[0]).toMatchObject({ size: expect.any(Number), count: 2 });
  expect(here).toMatchObject({ total: 1, sets: [{ size: 1, count: 2 }] });

  const key = JSON.parse(
    await (
      await client.call('POST', '/v1/accounts/keys', {
        body: { name: 'Hidden only', permissions: ['files.read'], folderIds: [await folderOf(second)] },
      })
    ).text(),
  ).key;
  const seen = await client.call('GET', '/v1/search/duplicates', {
    headers: { authorization: `Basic ${btoa(`${key}:`)}` },
  });
  expect(JSON.parse(await seen.text())).toEqual({ total: 0, sets: [] });
});

async function folderOf(fileId: string): Promise<string> {
  const { store } = libraryDeps(client.cloud.library);
  return (await store.head(fileId))?.folderId ?? '';
}

test('what is embedded does not fill a field that the path policy of the folder makes read-only, or leaves out', async () => {
  const body = { name: 'P', folderPath: '/described/policy', fields: [{ name: 'alt_de', readOnly: true }] };
  await client.call('POST', '/v1/path-policies', { body });
  const fileId = await upload('read-only.jpg', picture, { folder: '/described/policy' });
  await tellOf('read-only.jpg');

  expect((await details(fileId)).body).toMatchObject({ description: 'In the evening', customMetadata: {} });
});
