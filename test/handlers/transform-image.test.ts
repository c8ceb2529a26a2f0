import { createHash } from 'node:crypto';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Context, LambdaFunctionURLEvent } from 'aws-lambda';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { originalWriter } from '../../lambda/adapters/originals-bucket/original-writer.lean.ts';
import { MEDIA_URL_HEADER } from '../../lambda/contract/edge.ts';
import { ENGINE_VERSION } from '../../lambda/contract/engine-version.ts';
import { ENVIRONMENT } from '../../lambda/contract/environment.ts';
import { readMediaUrl } from '../../lambda/core/delivery/media-url.ts';
import { sha256Hex } from '../../lambda/core/kernel/sha256.ts';
import { hmacSha1 } from '../../lambda/core/kernel/url-signature.ts';
import type { Content, UploadIntent } from '../../lambda/core/library/asset.ts';
import { completeIntent } from '../../lambda/core/library/uploads/complete-intent.ts';
import type { FormatClass } from '../../lambda/core/request/format-class.ts';
import { variantPath } from '../../lambda/core/request/variant-key.ts';
import { libraryDeps } from '../core/library/library-world.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { ORIGINALS, PRIVATE_KEY, startCloudFixture, VARIANTS } from './cloud-fixture.ts';
import { functionUrlEvent, lambdaContext } from './events.ts';
import { installStreaming, ResponseStream } from './response-stream.ts';

type Handler = (event: LambdaFunctionURLEvent, stream: ResponseStream, context: Context) => Promise<void>;

let cloud: CloudFixture;
let handler: Handler;
let picture: Buffer;
let serial = 0;

beforeAll(async () => {
  cloud = await startCloudFixture();
  installStreaming();
  handler = (await import('../../lambda/handlers/transform-image.ts')).handler as unknown as Handler;
  picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer();
  await keep('/a/p é.jpg', picture, {
    contentType: 'image/jpeg',
    fileType: 'image',
    size: picture.byteLength,
    width: 40,
    height: 30,
  });
  await keep('/d.pdf', Buffer.from('%PDF-1.7 text'), {
    contentType: 'application/pdf',
    fileType: 'non-image',
    size: 13,
  });
});

afterAll(() => cloud?.close());
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

async function keep(path: string, bytes: Buffer, content: Content, isPrivate = false): Promise<void> {
  const versionId = (++serial).toString(16).padStart(24, '0');
  const deps = libraryDeps(cloud.library);
  const intent: UploadIntent = {
    ...content,
    versionId,
    path,
    folder: path.slice(0, path.lastIndexOf('/')) || '/',
    name: path.slice(path.lastIndexOf('/') + 1),
    objectKey: `media${path}/${versionId}`,
    whenTaken: 'version',
    uploader: { kind: 'private-key', id: 'private-key' },
    keepTags: false,
    isPrivate,
    createdAt: new Date().toISOString(),
    endsAt: 2_000_000_000,
  };
  await deps.store.addIntent(intent);
  await originalWriter(cloud.buckets.environment, ORIGINALS)(intent, bytes);
  await completeIntent(deps, intent);
}

async function ask(
  path: string,
  query = '',
  {
    format = 'plain' as FormatClass,
    access = 'open' as 'open' | 'signed',
    method = 'GET',
    run = handler,
    forged = '',
  } = {},
) {
  const variant = variantPath(readMediaUrl(path, query), format, access, 'default', ENGINE_VERSION, sha256Hex);
  const header = Buffer.from(query ? `${path}?${query}` : path).toString('base64url');
  const stream = new ResponseStream();
  await run(functionUrlEvent(method, forged || variant, { [MEDIA_URL_HEADER]: header }), stream, lambdaContext());
  return { stream, status: stream.status, headers: stream.headers, body: stream.body, key: variant.slice(1) };
}

async function stored(key: string) {
  const object = await cloud.buckets.client.send(new GetObjectCommand({ Bucket: VARIANTS, Key: key }));
  return { ...object, bytes: Buffer.from((await object.Body?.transformToByteArray()) ?? []) };
}

test('a picture is transformed, answered whole and stored for the CDN', async () => {
  const { status, headers, body, key, stream } = await ask('/a/p%20%C3%A9.jpg', 'tr=w-20', { format: 'webp' });

  expect([status, stream.writableFinished]).toEqual([200, true]);
  expect(await sharp(body).metadata()).toMatchObject({ format: 'webp', width: 20, height: 15 });
  expect(headers).toMatchObject({
    'content-type': 'image/webp',
    'content-length': String(body.byteLength),
    etag: `"${createHash('md5').update(body).digest('hex')}"`,
    'cache-control': 'public, s-maxage=31536000, max-age=31536000, must-revalidate',
  });
  expect(headers['server-timing']).toMatch(/^fetch;dur=\d+\.\d, transform;dur=\d+\.\d, cache;desc=miss$/);
  const variant = await stored(key);
  expect(variant.bytes).toEqual(body);
  const between = Number(variant.LastModified) - Date.parse(headers['last-modified'] ?? '');
  expect(Math.abs(between)).toBeLessThan(10_000);
  expect(variant).toMatchObject({
    ContentType: 'image/webp',
    CacheControl: headers['cache-control'],
    ETag: headers.etag,
    AcceptRanges: headers['accept-ranges'],
    Metadata: { 'server-timing': expect.stringMatching(/^made;dur=\d+\.\d$/), vary: 'Accept' },
  });
});

test('a picture too wide to be made anew is its own file, which is said now and on every later answer', async () => {
  const wide = await sharp({ create: { width: 9000, height: 4, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer();
  await keep('/wide.jpg', wide, {
    ...{ contentType: 'image/jpeg', fileType: 'image', size: wide.byteLength, width: 9000, height: 4 },
  });

  const { status, headers, body, key } = await ask('/wide.jpg', '', { format: 'avif' });

  expect([status, body.equals(wide), headers['content-type']]).toEqual([200, true, 'image/jpeg']);
  expect(headers['x-vitrine-fallback']).toMatch(/^original; the file has 9000 x 4 pixels/);
  expect((await stored(key)).Metadata).toMatchObject({ fallback: headers['x-vitrine-fallback'] });
  expect((await ask('/wide.jpg', 'tr=h-2,w-9000', { format: 'avif' })).status).toBe(400);
});

test('a document has a thumbnail that is drawn, and names what it cannot do', async () => {
  const card = await ask('/d.pdf', 'tr=n-ik_ml_thumbnail');
  const asked = await ask('/d.pdf', 'tr=w-20', { format: 'webp' });

  expect(await sharp(card.body).metadata()).toMatchObject({ format: 'png', width: 300, height: 300 });
  const { channels } = await sharp(card.body).stats();
  expect(channels[0]?.stdev).toBeGreaterThan(5);
  expect([asked.status, asked.body.toString()]).toEqual([200, '%PDF-1.7 text']);
  expect((await stored(asked.key)).Metadata).toMatchObject({ ignored: 'w-20' });
});

test('items that mean nothing lead to what is stored without them, whatever was made first', async () => {
  const spelled = await ask('/a/p%20%C3%A9.jpg', 'tr=w-13,zz-1', { format: 'webp' });
  const plain = variantPath(
    readMediaUrl('/a/p%20%C3%A9.jpg', 'tr=w-13'),
    'webp',
    'open',
    'default',
    ENGINE_VERSION,
    sha256Hex,
  );
  const before = await stored(plain.slice(1));
  const again = await ask('/a/p%20%C3%A9.jpg', 'tr=w-13,zz-2', { format: 'webp' });
  const after = await stored(plain.slice(1));

  expect([spelled.headers['x-vitrine-ignored'], again.headers['x-vitrine-ignored']]).toEqual(['zz-1', 'zz-2']);
  expect([before.Metadata?.ignored, after.LastModified]).toEqual([undefined, before.LastModified]);
  expect(again.body).toEqual(before.bytes);
  for (const name of [
    'content-type',
    'content-length',
    'cache-control',
    'etag',
    'x-amz-meta-cache-tag',
    'x-amz-meta-vary',
  ]) {
    expect([name, again.headers[name]]).toEqual([name, spelled.headers[name]]);
  }
  const keys = await cloud.buckets.keys(VARIANTS);
  expect([spelled, again].filter(({ key }) => keys.includes(key))).toEqual([]);
});

test('a client that names no modern format gets the plain one', async () => {
  const { body } = await ask('/a/p%20%C3%A9.jpg', 'tr=w-10');

  expect(await sharp(body).metadata()).toMatchObject({ format: 'jpeg', width: 10 });
});

test.each([
  ['a file', '/d.pdf', '', '%PDF-1.7 text'],
  ['a download', '/d.pdf', 'ik-attachment=true', '%PDF-1.7 text'],
])('%s is delivered as it is', async (_, path, query, content) => {
  const { status, headers, body, key } = await ask(path, query);

  expect([status, body.toString()]).toEqual([200, content]);
  expect(headers).toMatchObject({ 'content-type': 'application/pdf', 'content-length': String(content.length) });
  const variant = await stored(key);
  expect(variant.bytes.toString()).toBe(content);
  expect(variant.ContentDisposition).toBe(headers['content-disposition']);
  expect(variant.ETag).toBe(headers.etag);
  expect([headers['last-modified'], headers['accept-ranges']]).toEqual([variant.LastModified?.toUTCString(), 'bytes']);
  expect(headers['content-disposition']?.startsWith('attachment') ?? false).toBe(query !== '');
});

test('the original of a picture is its very bytes', async () => {
  const { body, headers } = await ask('/a/p%20%C3%A9.jpg', 'tr=orig-true');

  expect(body).toEqual(picture);
  expect(headers['content-type']).toBe('image/jpeg');
});

test.each(['/a/p%20%C3%A9.jpg', '/d.pdf', '/none.jpg'])('HEAD of %s has headers and no body', async (path) => {
  const get = await ask(path);
  const head = await ask(path, '', { method: 'HEAD' });

  expect(head.body).toHaveLength(0);
  expect(head.status).toBe(get.status);
  const untimed = { 'server-timing': '', 'x-amz-meta-server-timing': '', 'last-modified': '' };
  expect({ ...head.headers, ...untimed }).toEqual({ ...get.headers, ...untimed });
});

test.each([
  ['nothing under the path', '/none.jpg', '', 404, 'ENOENT'],
  ['a bad parameter', '/a/p%20%C3%A9.jpg', 'tr=w-abc', 400, 'EINVAL'],
])('%s is a short text and stores nothing', async (_, path, query, status, code) => {
  const before = await cloud.buckets.keys(VARIANTS);

  const answer = await ask(path, query);

  expect(answer.status).toBe(status);
  expect(answer.headers).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'ik-error': expect.stringMatching(new RegExp(`^${code} - `)),
    'server-timing': expect.stringContaining('cache;desc=miss'),
  });
  expect(answer.body.byteLength).toBeLessThan(300);
  expect(await cloud.buckets.keys(VARIANTS)).toEqual(before);
});

test('a private picture needs a signature', async () => {
  await keep('/private.jpg', picture, { contentType: 'image/jpeg', fileType: 'image', size: 1 }, true);

  const { status, headers, key } = await ask('/private.jpg');

  expect([status, headers['cache-control']]).toEqual([401, 'no-store']);
  expect(await cloud.buckets.keys(VARIANTS)).not.toContain(key);
});

test('a key that does not belong to the URL is refused', async () => {
  const { key } = await ask('/d.pdf');

  const { status, headers } = await ask('/a/p%20%C3%A9.jpg', 'tr=w-5', { forged: `/${key}` });

  expect([status, headers['ik-error']?.slice(0, 6)]).toEqual([400, 'EINVAL']);
});

test('a record without its bytes is a fault: logged without secrets, answered without detail', async () => {
  const lines: object[] = [];
  vi.spyOn(console, 'error').mockImplementation((line: object) => void lines.push(line));
  await keep('/lost.jpg', picture, { contentType: 'image/jpeg', fileType: 'image', size: 1 });
  const [lost] = (await cloud.buckets.keys(ORIGINALS)).filter((key) => key.startsWith('media/lost.jpg/'));
  await cloud.buckets.client.send(new DeleteObjectCommand({ Bucket: ORIGINALS, Key: lost }));

  const signature = hmacSha1(PRIVATE_KEY, 'lost.jpg9999999999');
  const { status, headers, body } = await ask('/lost.jpg', `ik-s=${signature}`, { access: 'signed' });

  expect([status, headers['cache-control']]).toEqual([500, 'no-store']);
  expect(body.toString()).toBe('The picture could not be delivered.\n');
  expect(lines).toMatchObject([{ event: 'delivery-failed' }]);
  expect(JSON.stringify(lines)).not.toContain(signature);
});

test('a store that fails does not fail the answer', async () => {
  const lines: object[] = [];
  vi.spyOn(console, 'error').mockImplementation((line: object) => void lines.push(line));
  vi.stubEnv(ENVIRONMENT.variantsBucket, 'a-bucket-that-is-not-there');
  vi.resetModules();
  const fresh = (await import('../../lambda/handlers/transform-image.ts')).handler as unknown as Handler;

  const { status } = await ask('/a/p%20%C3%A9.jpg', 'tr=w-7', { run: fresh });

  expect(status).toBe(200);
  expect(lines).toMatchObject([{ event: 'variant-store-failed' }]);
});

test('an original that is not what its record says cannot fill the memory', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  await keep('/swollen.jpg', picture, { contentType: 'image/jpeg', fileType: 'image', size: 1 });
  const [key] = (await cloud.buckets.keys(ORIGINALS)).filter((each) => each.startsWith('media/swollen.jpg/'));
  await cloud.buckets.client.send(
    new PutObjectCommand({ Bucket: ORIGINALS, Key: key, Body: Buffer.alloc(50_000_001) }),
  );

  expect((await ask('/swollen.jpg', 'tr=w-5')).status).toBe(500);
});
