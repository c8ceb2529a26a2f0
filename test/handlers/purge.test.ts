import { PutObjectCommand } from '@aws-sdk/client-s3';
import ImageKit, { toFile } from '@imagekit/nodejs';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { variantDependencies } from '../../lambda/adapters/library-table/variant-dependencies.lean.ts';
import { ENGINE_VERSION } from '../../lambda/contract/engine-version.ts';
import { cacheTag } from '../../lambda/core/delivery/cache-tags.ts';
import { sha256Hex } from '../../lambda/core/kernel/sha256.ts';
import { assetPrefix } from '../../lambda/core/request/variant-key.ts';
import type { ApiServer } from './api-server.ts';
import { startApiServer } from './api-server.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { MEDIA_HOST, startCloudFixture, VARIANTS } from './cloud-fixture.ts';

let cloud: CloudFixture;
let api: ApiServer;

beforeAll(async () => {
  cloud = await startCloudFixture();
  api = await startApiServer();
});

afterAll(async () => {
  api?.close();
  await cloud?.close();
});

async function upload(fileName: string, folder: string, tags: string[] = []) {
  const picture = await sharp({ create: { width: 4, height: 3, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  const file = await toFile(picture, fileName);
  return api.client().files.upload({ file, fileName, folder, tags, useUniqueFileName: false });
}

/** Puts a variant of an asset into the store, as the transformer would. */
async function store(path: string, access: 'open' | 'signed' = 'open'): Promise<string> {
  const prefix = assetPrefix(path, ENGINE_VERSION, sha256Hex);
  const key = `${prefix}${access}/default/${'0'.repeat(32)}.webp`.slice(1);
  await cloud.buckets.client.send(new PutObjectCommand({ Bucket: VARIANTS, Key: key, Body: 'variant' }));
  return key;
}

test('the SDK purges by wildcard; variants are gone when the call returns, and the status says when the CDN is done', async () => {
  await upload('a.png', '/wild/one');
  await upload('b.png', '/wilder');
  const kept = await store('/wilder/b.png');
  await store('/wild/one/a.png');
  await store('/wild/one/a.png', 'signed');

  const { requestId } = await api.client().cache.invalidation.create({ url: `http://${MEDIA_HOST}/wild/one/*` });

  expect(requestId).toMatch(/^[0-9a-f]{24}$/);
  expect(await cloud.buckets.keys(VARIANTS)).toEqual([kept]);
  expect(await api.client().cache.invalidation.get(requestId ?? '')).toEqual({ status: 'Completed' });
  expect(cloud.invalidations().at(-1)).toEqual([`#${cacheTag('folder', '/wild/one')}`]);
});

test('a purge of an asset takes the pictures that carry it', async () => {
  const { fileId } = await upload('logo.png', '/brand');
  const carrying = await store('/other/picture.jpg');
  await variantDependencies(process.env, cloud.library.table).record(carrying, ['asset:/brand/logo.png', 'name:x']);

  const answer = await ask({ fileId });

  expect(answer.status).toBe(201);
  expect(await cloud.buckets.keys(VARIANTS)).not.toContain(carrying);
  expect(cloud.invalidations().at(-1)).toEqual([`#${cacheTag('path', '/brand/logo.png')}`]);
});

test('a purge by tag reaches every folder', async () => {
  await upload('t.png', '/tagged/deep', ['summer']);
  const key = await store('/tagged/deep/t.png');

  expect((await ask({ tag: 'summer' })).status).toBe(201);
  expect(await cloud.buckets.keys(VARIANTS)).not.toContain(key);
});

test('an overwritten layer ends the pictures that carry it', async () => {
  await upload('stamp.png', '/brand');
  const carrying = await store('/other/stamped.jpg');
  await variantDependencies(process.env, cloud.library.table).record(carrying, ['asset:/brand/stamp.png']);

  await upload('stamp.png', '/brand');

  expect(await cloud.buckets.keys(VARIANTS)).not.toContain(carrying);
});

test('what is wrong is refused with its reason, and nothing without the key', async () => {
  const wrong = await ask({ url: 'https://elsewhere.example/a.jpg' });
  expect([wrong.status, ((await wrong.json()) as { message: string }).message]).toEqual([
    400,
    `url must be a URL of ${MEDIA_HOST} or of a host of an endpoint.`,
  ]);
  expect((await ask('{')).status).toBe(400);
  expect((await ask({ fileId: 'f'.repeat(24) })).status).toBe(404);
  await expect(api.client().cache.invalidation.get('f'.repeat(24))).rejects.toBeInstanceOf(ImageKit.BadRequestError);
  await expect(api.client('private_wrong').cache.invalidation.get('x')).rejects.toBeInstanceOf(
    ImageKit.PermissionDeniedError,
  );
});

function ask(body: object | string): Promise<Response> {
  return fetch(`${api.baseURL}/v1/files/purge`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('private_test:')}`, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}
