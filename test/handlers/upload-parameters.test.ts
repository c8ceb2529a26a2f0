import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { carryOutEffects } from '../../lambda/handlers/composition/carry-out.ts';
import { ORIGINALS } from './cloud-fixture.ts';
import type { LibraryClient } from './library-client.ts';
import { startLibraryClient } from './library-client.ts';

/* What an upload's form can ask for, through the API's function and its real stores. */
let client: LibraryClient;
let picture: Buffer;

beforeAll(async () => {
  client = await startLibraryClient();
  picture = await sharp({ create: { width: 80, height: 60, channels: 3, background: 'teal' } })
    .withExif({ IFD0: { Artist: 'Ada', Copyright: 'Ada 2026' } })
    .jpeg()
    .toBuffer();
});

afterAll(() => client?.close());
beforeEach(() => void vi.spyOn(console, 'info').mockImplementation(() => undefined));

type Fields = Readonly<Record<string, string>>;

async function upload(fields: Fields, file: Uint8Array = picture) {
  const form = new FormData();
  form.set('file', new Blob([Buffer.from(file)]), 'a.jpg');
  const all = { fileName: 'a.jpg', folder: '/parameters', useUniqueFileName: 'false', ...fields };
  for (const [name, value] of Object.entries(all)) form.set(name, value);
  const answer = await client.post('/api/v1/files/upload', form);
  return { status: answer.status, body: JSON.parse(await answer.text()) };
}

const storedKeys = async (name: string) =>
  (await client.cloud.buckets.keys(ORIGINALS)).filter((key) => key.includes(`/${name}/`));

test('transformation.pre is applied to the bytes that are stored', async () => {
  const { body } = await upload({ fileName: 'pre.jpg', transformation: '{"pre":"w-40,h-20,c-force:rt-90"}' });

  expect(body).toMatchObject({ width: 20, height: 40, fileType: 'image' });
  expect(body.size).not.toBe(picture.byteLength);
});

test.each([
  ['text', { fileName: 'a.txt', transformation: '{"pre":"w-40"}' }, Buffer.from('text'), 'for images'],
  ['a transformation that is none', { transformation: '{"pre":"w-x"}' }, undefined, 'w-x'],
  ['a name that nobody knows', { transformation: '{"pre":"n-nobody"}' }, undefined, 'nobody'],
  ['an unknown item', { transformation: '{"pre":"zz-1"}' }, undefined, 'zz-1'],
])('transformation.pre refuses %s, and nothing is stored', async (_, fields, file, told) => {
  const before = await client.cloud.buckets.keys(ORIGINALS);

  const { status, body } = await upload({ ...fields, useUniqueFileName: 'true' }, file);

  expect([status, body.message]).toEqual([400, expect.stringContaining(told)]);
  expect(await client.cloud.buckets.keys(ORIGINALS)).toEqual(before);
});

test('a private file is not drawn on what is stored', async () => {
  await upload({ fileName: 'secret.jpg', folder: '/', isPrivateFile: 'true' });
  await upload({ fileName: 'logo.jpg', folder: '/' });
  const layered = (path: string) => upload({ transformation: JSON.stringify({ pre: `l-image,i-${path},l-end` }) });

  expect((await layered('logo.jpg')).status).toBe(200);
  expect((await layered('secret.jpg')).body).toMatchObject({ code: 'asset.not-found' });
});

test('checks decide on the request, the file and the picture', async () => {
  const holds = '"file.mime" : "image/" AND "mediaMetadata.width" = 80 AND "request.folder" : "/parameters"';

  expect((await upload({ fileName: 'checked.jpg', checks: holds })).status).toBe(200);
  const refused = await upload({ fileName: 'refused.jpg', checks: `${holds} AND "file.size" < "1b"` });

  expect(refused).toMatchObject({ status: 400, body: { code: 'upload.check-failed' } });
  expect(await storedKeys('refused.jpg')).toEqual([]);
});

test('metadata and what is embedded are told on request', async () => {
  const { body } = await upload({ fileName: 'meta.jpg', responseFields: 'metadata,embeddedMetadata' });

  expect(body.metadata).toMatchObject({ width: 80, height: 60, format: 'jpg', exif: { image: { Artist: 'Ada' } } });
  expect(body.embeddedMetadata).toMatchObject({ Artist: 'Ada', Copyright: 'Ada 2026' });
  expect((await upload({ fileName: 'meta.jpg' })).body).not.toHaveProperty('metadata');
  const text = await upload({ fileName: 'm.txt', responseFields: 'metadata,embeddedMetadata' }, Buffer.from('text'));
  expect(text.body).toMatchObject({ embeddedMetadata: {} });
  expect(text.body).not.toHaveProperty('metadata');
});

test('a draft is one, and an overwritten file stays what it was unless it is said', async () => {
  const first = await upload({ fileName: 'draft.jpg', isPublished: 'False' });
  const second = await upload({ fileName: 'draft.jpg' });
  const third = await upload({ fileName: 'draft.jpg', isPublished: 'true' });

  expect([first, second, third].map(({ body }) => body.isPublished)).toEqual([false, false, true]);
});

test('extensions are answered as not available, and the file is stored', async () => {
  const { body } = await upload({ extensions: '[{"name":"remove-bg"}]', webhookUrl: 'https://example.com/hook' });

  expect(body).toMatchObject({ extensionStatus: { 'remove-bg': 'failed' }, filePath: '/parameters/a.jpg' });
  expect(body.extensionMessage).toContain('not available');
});

test('what is to be rendered after an upload is noted for later, and asked for as a browser would', async () => {
  const asked: (string | undefined)[] = [];
  const media = createServer(({ url, headers }, response) => {
    asked.push(url, headers.accept);
    response.end();
  }).listen(0, '127.0.0.1');
  await new Promise((done) => media.once('listening', done));
  const post = [{ type: 'transformation', value: 'w-30,h-20:rt-90' }];

  await upload({ fileName: 'post æ.jpg', transformation: JSON.stringify({ post }) });
  const { store } = await import('../core/library/library-world.ts').then(({ libraryDeps }) =>
    libraryDeps(client.cloud.library),
  );
  const pending = await store.pendingEffects(new Date(Date.now() + 1000).toISOString());
  const effects = pending.flatMap((one) => one.effects).filter(({ effect }) => effect === 'prepare-variant');
  const host = `localhost:${(media.address() as AddressInfo).port}`;
  const nothing = { removePaths: async () => undefined };
  await carryOutEffects(
    nothing as never,
    { erase: async () => undefined },
    async () => host,
    async () => undefined,
  )(effects);

  expect(effects).toHaveLength(1);
  expect(asked).toEqual(['/tr:w-30,h-20:rt-90/parameters/post_%C3%A6.jpg', 'image/avif,image/webp,*/*']);
  await new Promise((done) => media.close(done));
});

test('a key without base64 is a key', async () => {
  const { privateKey } = client.imagekit;
  const answer = await client.call('GET', '/v1/files', { headers: { authorization: `Basic ${privateKey}` } });
  const colon = await client.call('GET', '/v1/files', { headers: { authorization: `Basic ${privateKey}:` } });
  const other = await client.call('GET', '/v1/files', { headers: { authorization: 'Basic private_other' } });

  expect([answer.status, colon.status, other.status]).toEqual([200, 200, 403]);
});
