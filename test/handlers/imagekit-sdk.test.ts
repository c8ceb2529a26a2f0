import ImageKit, { toFile } from '@imagekit/nodejs';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiServer } from './api-server.ts';
import { startApiServer } from './api-server.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { startCloudFixture } from './cloud-fixture.ts';

/* The official SDK, unchanged, against the API function behind a plain server. */
let cloud: CloudFixture;
let api: ApiServer;
let picture: Buffer;

beforeAll(async () => {
  cloud = await startCloudFixture();
  api = await startApiServer();
  picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
});

afterAll(async () => {
  api?.close();
  await cloud?.close();
});

const client = (privateKey?: string) => api.client(privateKey);

test('the SDK uploads bytes and reads the answer', async () => {
  const answer = await client().files.upload({
    file: await toFile(picture, 'p.png'),
    fileName: 'sdk.png',
    folder: '/sdk',
    tags: ['a', 'b'],
    useUniqueFileName: false,
    responseFields: ['tags', 'isPrivateFile'],
  });

  expect(answer).toMatchObject({
    filePath: '/sdk/sdk.png',
    width: 40,
    height: 30,
    tags: ['a', 'b'],
    fileType: 'image',
  });
});

test('the SDK uploads base64', async () => {
  const answer = await client().files.upload({ file: picture.toString('base64'), fileName: 'b.png' });

  expect(answer.size).toBe(picture.byteLength);
});

test('the SDK tells a wrong key and a wrong parameter apart', async () => {
  const file = picture.toString('base64');

  await expect(client('private_wrong').files.upload({ file, fileName: 'a.png' })).rejects.toBeInstanceOf(
    ImageKit.PermissionDeniedError,
  );
  await expect(client().files.upload({ file, fileName: '..' })).rejects.toBeInstanceOf(ImageKit.BadRequestError);
});
