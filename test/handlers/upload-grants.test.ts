import { GetObjectCommand } from '@aws-sdk/client-s3';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { UploadGrant } from '../../lambda/core/library/store/upload-grant-record.ts';
import { libraryDeps } from '../core/library/library-world.ts';
import { ORIGINALS } from './cloud-fixture.ts';
import { lambdaContext, objectCreated } from './events.ts';
import type { CallParts, LibraryClient } from './library-client.ts';
import { startLibraryClient } from './library-client.ts';

/* Uploads without a key, by a grant: the API's function, its stores, and signed forms of a real S3 server. */
let client: LibraryClient;
let picture: Buffer;

beforeAll(async () => {
  client = await startLibraryClient();
  picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
});

afterAll(() => client?.close());
beforeEach(() => void vi.spyOn(console, 'info').mockImplementation(() => undefined));

async function call(method: string, path: string, parts?: CallParts) {
  const answer = await client.call(method, path, parts);
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
}

const GRANTS = '/v1/upload-grants';

const grantOf = async (asked: Readonly<Record<string, unknown>> = {}) =>
  (await call('POST', GRANTS, { body: { folder: '/visitors', maximumBytes: 10_000, ...asked } })).body;

/** As a browser does it: without a key, from a page of another site. */
async function byVisitor(step: string, body: unknown) {
  const answer = await fetch(`${client.imagekit.baseURL}${GRANTS}/${step}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://shop.example', 'sec-fetch-site': 'cross-site' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: JSON.parse(await answer.text()) };
}

const begin = (grant: string, fileName = 'p.png') => byVisitor('begin', { grant, fileName });

interface Begun {
  readonly uploadId: string;
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

async function sendBytes({ url, fields }: Begun, bytes: Uint8Array, changes: Readonly<Record<string, string>> = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, ...changes })) form.set(name, value);
  form.set('file', new Blob([Buffer.from(bytes)]));
  return (await fetch(url, { method: 'POST', body: form })).status;
}

test('a visitor uploads a file with a grant, into its folder and as its maker wanted', async () => {
  const { grant } = await grantOf({ tags: ['visitor'], isPrivateFile: true, contentTypes: ['image/*'] });
  const { body } = await begin(grant);

  expect(await sendBytes(body, picture)).toBe(204);
  const completed = await byVisitor('complete', { grant, uploadId: body.uploadId });

  expect(completed).toMatchObject({
    status: 200,
    body: { fileId: body.uploadId, tags: ['visitor'], isPrivateFile: true, width: 40, size: picture.byteLength },
  });
  expect(completed.body.filePath).toMatch(/^\/visitors\/p_[\w-]{9}\.png$/);
  expect(await byVisitor('complete', { grant, uploadId: body.uploadId })).toEqual(completed);
});

test('the storage itself refuses more bytes, another key (UPL-005) and a changed policy', async () => {
  const { grant } = await grantOf({ maximumBytes: picture.byteLength });
  const { body } = await begin(grant);

  expect(await sendBytes(body, Buffer.concat([picture, Buffer.from('x')]))).toBe(400);
  expect(await sendBytes(body, picture, { key: 'media/other.png' })).toBe(403);
  const policy = Buffer.from(body.fields.Policy as string, 'base64').toString();
  const wider = Buffer.from(policy.replace(String(picture.byteLength), '99999999')).toString('base64');
  expect(await sendBytes(body, picture, { Policy: wider })).toBe(403);
  expect(await sendBytes(body, picture)).toBe(204);
});

test('UPL-002: the storage refuses a form with any field changed, left out or added', async () => {
  const { grant } = await grantOf();
  const { body } = await begin(grant);
  // The bucket is the URL's; the field of its name moves nothing.
  const names = Object.keys(body.fields).filter((name) => name !== 'bucket');
  expect(names).toEqual(expect.arrayContaining(['key', 'Policy', 'X-Amz-Signature', 'X-Amz-Credential']));

  const answers: [string, number][] = [['added', await sendBytes(body, picture, { 'x-amz-meta-added': '1' })]];
  for (const name of names) {
    const { [name]: value, ...others } = body.fields;
    answers.push([`${name} changed`, await sendBytes(body, picture, { [name]: `${value}x` })]);
    answers.push([`${name} left out`, await sendBytes({ ...body, fields: others }, picture)]);
  }

  expect(answers.filter(([, status]) => status !== 403 && status !== 400)).toEqual([]);
  expect((await client.cloud.buckets.keys(ORIGINALS)).filter((key) => key.includes(body.uploadId))).toEqual([]);
});

test('a grant is good for as many files as it says, also for calls at once', async () => {
  const { grant } = await grantOf({ count: 3 });

  const answers = await Promise.all(Array.from({ length: 8 }, () => begin(grant)));

  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 409, 409, 409, 409, 409]);
  expect(await begin(grant)).toMatchObject({ status: 409, body: { code: 'upload-grant.used' } });
});

test('a file of another type is refused and removed, whatever it is named', async () => {
  const { grant } = await grantOf({ contentTypes: ['image/jpeg', 'application/pdf'] });
  const { body } = await begin(grant, 'looks.pdf');
  await sendBytes(body, picture);

  expect(await byVisitor('complete', { grant, uploadId: body.uploadId })).toMatchObject({
    ...{ status: 400, body: { code: 'upload.type-differs' } },
  });
  expect((await client.cloud.buckets.keys(ORIGINALS)).filter((key) => key.includes(body.uploadId))).toEqual([]);
});

test('the event of the storage completes what nobody asks to complete', async () => {
  const { handler } = await import('../../lambda/handlers/ingest.ts');
  const { grant } = await grantOf();
  const { body } = await begin(grant);
  await sendBytes(body, picture);

  await handler(objectCreated(ORIGINALS, body.fields.key as string), lambdaContext());

  expect(await client.imagekit.files.get(body.uploadId)).toMatchObject({ width: 40, size: picture.byteLength });
  expect((await byVisitor('complete', { grant, uploadId: body.uploadId })).body.fileId).toBe(body.uploadId);
});

const evil = Buffer.from('<script>not the picture</script>');

/** The bytes that are delivered as the file. */
async function bytesOf(uploadId: string): Promise<Buffer> {
  const [Key, ...others] = (await client.cloud.buckets.keys(ORIGINALS)).filter((key) =>
    new RegExp(`^media/.*${uploadId}`).test(key),
  );
  expect(others).toEqual([]);
  const { Body } = await client.cloud.buckets.client.send(new GetObjectCommand({ Bucket: ORIGINALS, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

test('a form that is sent again after its upload was completed changes no byte of the file', async () => {
  const { handler } = await import('../../lambda/handlers/ingest.ts');
  const { grant } = await grantOf({ contentTypes: ['image/*'] });
  const { body } = await begin(grant);
  await sendBytes(body, picture);
  const completed = await byVisitor('complete', { grant, uploadId: body.uploadId });

  // Its signature still holds, and S3 knows of nothing else.
  expect(await sendBytes(body, evil)).toBe(204);
  await handler(objectCreated(ORIGINALS, body.fields.key as string), lambdaContext());
  expect(await byVisitor('complete', { grant, uploadId: body.uploadId })).toEqual(completed);

  expect((await bytesOf(body.uploadId)).equals(picture)).toBe(true);
});

test('a revoked grant, one that was edited and one of nobody open nothing', async () => {
  const { grant, grantId } = await grantOf();
  const { body } = await begin((await grantOf()).grant);
  expect((await call('DELETE', `${GRANTS}/${grantId}`)).status).toBe(204);

  const edited = grant.replace(/.$/, grant.endsWith('A') ? 'B' : 'A');
  for (const text of [grant, edited, `grant_${'0'.repeat(24)}_${'A'.repeat(43)}`, 'grant', '']) {
    expect(await begin(text)).toMatchObject({ status: 404, body: { code: 'upload-grant.unknown' } });
  }
  const other = await grantOf();
  expect((await byVisitor('complete', { grant: other.grant, uploadId: body.uploadId })).status).toBe(404);
  expect((await call('DELETE', `${GRANTS}/${grantId}`)).status).toBe(404);
});

test('a grant ends with its time', async () => {
  const { grant, grantId } = await grantOf();
  const { store } = libraryDeps(client.cloud.library);
  const stored = (await store.uploadGrant(grantId)) as UploadGrant;
  await store.saveUploadGrant({ ...stored, expiresAt: Math.floor(Date.now() / 1000) }, 1);

  expect(await begin(grant)).toMatchObject({ status: 404, body: { code: 'upload-grant.unknown' } });
});

test('a key makes grants only for the folders in which it may upload', async () => {
  const own = await call('POST', '/v1/folder', { body: { folderName: 'own', parentFolderPath: '/' } });
  const key = await call('POST', '/v1/accounts/keys', {
    body: { name: 'grants', permissions: ['files.upload'], folderIds: [own.body.folderId] },
  });
  const headers = { authorization: `Basic ${btoa(`${key.body.key}:`)}` };
  const make = (folder: string) => call('POST', GRANTS, { body: { folder, maximumBytes: 10 }, headers });

  const made = await make('/own/deeper');
  expect(made.status).toBe(201);
  const { body } = await begin(made.body.grant, 'a.txt');
  await sendBytes(body, Buffer.from('text'));
  expect((await byVisitor('complete', { grant: made.body.grant, uploadId: body.uploadId })).body.filePath).toMatch(
    /^\/own\/deeper\//,
  );
  expect(await make('/visitors')).toMatchObject({ status: 403, body: { code: 'permission.missing' } });
  const { grantId } = await grantOf();
  expect((await call('DELETE', `${GRANTS}/${grantId}`, { headers })).status).toBe(404);
});

test('no item holds the text of a grant', async () => {
  const { grant } = await grantOf();

  expect(JSON.stringify(await client.cloud.library.items())).not.toContain(grant.slice(-43));
});
