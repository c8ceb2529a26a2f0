import { createHash, randomBytes } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
} from '@aws-sdk/client-s3';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { LIMITS } from '../../lambda/contract/limits.ts';
import { ORIGINALS } from './cloud-fixture.ts';
import { lambdaContext, objectCreated } from './events.ts';
import type { CallParts, LibraryClient } from './library-client.ts';
import { startLibraryClient } from './library-client.ts';

/* Uploads in parts through the API's function, its stores, and signed URLs of a real S3 server. */
let client: LibraryClient;
let picture: Buffer;

const PART = 5_242_880;

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

const begin = async (size: number, parameters: Readonly<Record<string, unknown>> = {}) =>
  call('POST', '/v1/uploads', {
    body: { size, fileName: 'a.bin', folder: '/large', useUniqueFileName: false, partSize: PART, ...parameters },
  });

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64');
const partOf = (bytes: Uint8Array, number: number) => bytes.subarray((number - 1) * PART, number * PART);

/** Signs one part, and sends these bytes or others to its URL. */
async function sendPart(uploadId: string, number: number, bytes: Uint8Array, sent = bytes): Promise<Response> {
  const { body } = await call('POST', `/v1/uploads/${uploadId}/parts`, {
    body: { parts: [{ number, sha256: digestOf(bytes) }] },
  });
  const [{ url, headers }] = body.parts;
  return fetch(url, { method: 'PUT', headers, body: Buffer.from(sent) });
}

async function uploadAll(bytes: Uint8Array, parameters: Readonly<Record<string, unknown>>): Promise<string> {
  const { body } = await begin(bytes.byteLength, parameters);
  for (let number = 1; number <= body.partCount; number++) await sendPart(body.uploadId, number, partOf(bytes, number));
  return body.uploadId;
}

const complete = (uploadId: string) => call('POST', `/v1/uploads/${uploadId}/complete`);
const unfinished = async () =>
  (await client.cloud.buckets.client.send(new ListMultipartUploadsCommand({ Bucket: ORIGINALS }))).Uploads ?? [];

test('a file in two parts is there as it was sent, and can be asked for before, between and after', async () => {
  const bytes = randomBytes(PART + 1000);
  const { status, body } = await begin(bytes.byteLength, {
    tags: ['a', 'b'],
    description: 'Long',
    isPrivateFile: true,
  });
  expect([status, body]).toEqual([
    201,
    {
      ...{ uploadId: expect.stringMatching(/^[0-9a-f]{24}$/), name: 'a.bin', folder: '/large' },
      ...{ size: bytes.byteLength, partSize: PART, partCount: 2, expiresAt: expect.any(String) },
    },
  ]);
  const url = `/v1/uploads/${body.uploadId}`;

  expect((await sendPart(body.uploadId, 2, partOf(bytes, 2))).status).toBe(200);
  expect((await call('GET', url)).body).toEqual({
    ...body,
    status: 'Pending',
    parts: [{ number: 2, size: 1000, sha256: digestOf(partOf(bytes, 2)) }],
    missing: [1],
  });
  expect((await sendPart(body.uploadId, 1, partOf(bytes, 1))).status).toBe(200);
  const completed = await complete(body.uploadId);

  expect(completed).toMatchObject({
    status: 200,
    body: {
      fileId: body.uploadId,
      filePath: '/large/a.bin',
      size: bytes.byteLength,
      tags: ['a', 'b'],
      isPrivateFile: true,
    },
  });
  const [key] = (await client.cloud.buckets.keys(ORIGINALS)).filter((one) => one.includes(body.uploadId));
  const { Body } = await client.cloud.buckets.client.send(new GetObjectCommand({ Bucket: ORIGINALS, Key: key }));
  expect(digestOf((await Body?.transformToByteArray()) as Uint8Array)).toBe(digestOf(bytes));
  expect(await complete(body.uploadId)).toEqual(completed);
  expect((await call('GET', url)).body).toMatchObject({ status: 'Ended', fileId: body.uploadId, missing: [] });
});

test('a part with other bytes, more bytes or without its checksum is refused by the storage itself (UPL-012)', async () => {
  const bytes = randomBytes(100);
  const { body } = await begin(100, { fileName: 'checked.bin' });

  expect((await sendPart(body.uploadId, 1, bytes, randomBytes(100))).status).toBe(400);
  expect((await sendPart(body.uploadId, 1, bytes, randomBytes(101))).status).toBe(403);
  const signed = await call('POST', `/v1/uploads/${body.uploadId}/parts`, {
    body: { parts: [{ number: 1, sha256: digestOf(bytes) }] },
  });
  expect((await fetch(signed.body.parts[0].url, { method: 'PUT', body: bytes })).status).toBe(403);
  expect((await call('GET', `/v1/uploads/${body.uploadId}`)).body.missing).toEqual([1]);
});

test('what is missing is named, and an upload is not completed without it', async () => {
  const bytes = randomBytes(PART * 2 + 1);
  const { body } = await begin(bytes.byteLength, { fileName: 'incomplete.bin' });
  await sendPart(body.uploadId, 2, partOf(bytes, 2));

  const refused = await complete(body.uploadId);

  expect(refused).toMatchObject({ status: 400, body: { code: 'large-upload.incomplete' } });
  expect(refused.body.message).toContain('2 of 3 parts are missing or have another size than theirs: 1, 3.');
  await sendPart(body.uploadId, 1, partOf(bytes, 1));
  await sendPart(body.uploadId, 3, partOf(bytes, 3));
  expect((await complete(body.uploadId)).status).toBe(200);
});

test('a picture is examined when its bytes are there', async () => {
  const uploadId = await uploadAll(picture, { fileName: 'p.png', customCoordinates: '1,2,3,4' });

  expect((await complete(uploadId)).body).toMatchObject({ fileType: 'image', width: 40, height: 30 });
});

test.each([
  ['text that is named as a picture', { fileName: 'fake.png' }, 'upload.not-an-image'],
  [
    'coordinates in what is no picture',
    { fileName: 'a.txt', customCoordinates: '1,2,3,4' },
    'upload.invalid-parameter',
  ],
])('%s is refused at the end, and nothing of it stays', async (_, parameters, code) => {
  const uploadId = await uploadAll(Buffer.from('some text'), parameters);

  expect(await complete(uploadId)).toMatchObject({ status: 400, body: { code } });

  expect((await client.cloud.buckets.keys(ORIGINALS)).filter((key) => key.includes(uploadId))).toEqual([]);
  expect(await complete(uploadId)).toMatchObject({ status: 404, body: { code: 'large-upload.missing' } });
});

test('a second file under a name is a version, or is refused before a byte is sent', async () => {
  const first = await uploadAll(Buffer.from('one'), { fileName: 'twice.txt' });
  await complete(first);
  const second = await uploadAll(Buffer.from('two'), { fileName: 'twice.txt' });

  expect((await complete(second)).body).toMatchObject({
    fileId: first,
    versionInfo: { id: second, name: 'Version 2' },
  });
  expect((await complete(second)).body).toMatchObject({
    fileId: first,
    versionInfo: { id: second, name: 'Version 2' },
  });
  expect((await call('GET', `/v1/uploads/${second}`)).body).toMatchObject({ status: 'Ended', fileId: first });
  expect(await begin(3, { fileName: 'twice.txt', overwriteFile: false })).toMatchObject({
    ...{ status: 400, body: { code: 'upload.name-taken' } },
  });
});

test('the event of the storage completes what a dead call has joined', async () => {
  const { handler } = await import('../../lambda/handlers/ingest.ts');
  const uploadId = await uploadAll(picture, { fileName: 'event.png' });
  const [{ Key, UploadId } = {}] = (await unfinished()).filter((one) => one.Key?.includes(uploadId));
  const at = { Bucket: ORIGINALS, Key, UploadId };
  const { Parts } = await client.cloud.buckets.client.send(new ListPartsCommand(at));
  await client.cloud.buckets.client.send(new CompleteMultipartUploadCommand({ ...at, MultipartUpload: { Parts } }));

  await handler(objectCreated(ORIGINALS, Key as string), lambdaContext());

  expect((await call('GET', `/v1/uploads/${uploadId}`)).body).toMatchObject({ status: 'Ended', fileId: uploadId });
  expect((await complete(uploadId)).body).toMatchObject({ fileId: uploadId, width: 40, height: 30 });
});

test('a call goes on where a dead one has joined the parts and was not told of', async () => {
  const uploadId = await uploadAll(picture, { fileName: 'joined.png' });
  const [{ Key, UploadId } = {}] = (await unfinished()).filter((one) => one.Key?.includes(uploadId));
  const at = { Bucket: ORIGINALS, Key, UploadId };
  const { Parts } = await client.cloud.buckets.client.send(new ListPartsCommand(at));
  await client.cloud.buckets.client.send(new CompleteMultipartUploadCommand({ ...at, MultipartUpload: { Parts } }));

  expect((await call('GET', `/v1/uploads/${uploadId}`)).body).toMatchObject({ status: 'Pending', missing: [] });
  expect((await complete(uploadId)).body).toMatchObject({ fileId: uploadId, width: 40 });
});

test('two completions at once give one file; one that was told to ask again gets the same answer then', async () => {
  const uploadId = await uploadAll(picture, { fileName: 'race.png' });
  const patient = async (): ReturnType<typeof complete> => {
    const answer = await complete(uploadId);
    return answer.status === 503 ? patient() : answer;
  };

  const answers = await Promise.all([patient(), patient()]);

  expect(answers.map(({ status, body }) => [status, body.versionInfo])).toEqual(
    Array(2).fill([200, { id: uploadId, name: 'Version 1' }]),
  );
});

test('an upload that is removed leaves no part, and is over', async () => {
  const { body } = await begin(100, { fileName: 'removed.bin' });
  await sendPart(body.uploadId, 1, randomBytes(100));

  expect((await call('DELETE', `/v1/uploads/${body.uploadId}`)).status).toBe(204);

  expect((await unfinished()).filter(({ Key }) => Key?.includes(body.uploadId))).toEqual([]);
  expect(await complete(body.uploadId)).toMatchObject({ status: 404, body: { code: 'large-upload.missing' } });
});

test('an upload that has become a file is not removed', async () => {
  const uploadId = await uploadAll(picture, { fileName: 'kept.png' });
  await complete(uploadId);

  expect(await call('DELETE', `/v1/uploads/${uploadId}`)).toMatchObject({
    ...{ status: 409, body: { code: 'large-upload.ended' } },
  });
});

test('sizes and parts beyond the limits are refused with the number', async () => {
  const beyond = await begin(LIMITS.largeUploadBytes + 1);
  expect([beyond.status, beyond.body.message]).toEqual([413, expect.stringContaining('5000000000 bytes')]);
  const { body } = await begin(LIMITS.largeUploadBytes, { fileName: 'limit.bin' });
  expect(body.partCount).toBe(Math.ceil(LIMITS.largeUploadBytes / PART));
  const sign = (number: number) =>
    call('POST', `/v1/uploads/${body.uploadId}/parts`, { body: { parts: [{ number, sha256: digestOf(picture) }] } });

  expect((await sign(body.partCount)).status).toBe(200);
  expect(await sign(body.partCount + 1)).toMatchObject({ status: 400, body: { code: 'input.invalid' } });
  for (const partSize of [PART - 1, 1_000_000_001]) expect((await begin(100, { partSize })).status).toBe(400);
  await call('DELETE', `/v1/uploads/${body.uploadId}`);
});

test('who may not upload into the folder does not learn of the upload', async () => {
  const { body } = await begin(100, { fileName: 'secret.bin', folder: '/large/inner' });
  const other = await call('POST', '/v1/folder', { body: { folderName: 'other', parentFolderPath: '/' } });
  const key = await call('POST', '/v1/accounts/keys', {
    body: { name: 'other', permissions: ['files.upload'], folderIds: [other.body.folderId] },
  });
  const headers = { authorization: `Basic ${btoa(`${key.body.key}:`)}` };

  for (const [method, path] of [
    ['GET', ''],
    ['POST', '/complete'],
    ['DELETE', ''],
  ] as const) {
    const answer = await call(method, `/v1/uploads/${body.uploadId}${path}`, { headers });
    expect([method, answer.status, answer.body.code]).toEqual([method, 404, 'large-upload.missing']);
  }
  expect((await call('GET', `/v1/uploads/${body.uploadId}`)).status).toBe(200);
});
