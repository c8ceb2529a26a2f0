import { createHash, randomBytes } from 'node:crypto';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { S3Objects } from '../../../lambda/adapters/signed-http/s3-objects.lean.ts';
import { s3Objects } from '../../../lambda/adapters/signed-http/s3-objects.lean.ts';
import type { BucketFixture } from '../bucket-fixture.ts';
import { startBucketFixture } from '../bucket-fixture.ts';

let fixture: BucketFixture;
let objects: S3Objects;

beforeAll(async () => {
  fixture = await startBucketFixture('source', 'target');
  objects = s3Objects(fixture.environment, 'target');
});

afterAll(() => fixture?.close());

const bytes = Buffer.from([0, 255, 13, 10, 128]);

test('bytes and headers arrive as they were put', async () => {
  const headers = {
    'content-type': 'image/webp',
    'cache-control': 'max-age=1',
    'x-amz-meta-server-timing': 'fetch;dur=1.0, transform;dur=2.5',
  };

  await objects.put('a/b.webp', bytes, headers);

  const head = await fixture.client.send(new HeadObjectCommand({ Bucket: 'target', Key: 'a/b.webp' }));
  expect(head).toMatchObject({
    ContentType: 'image/webp',
    CacheControl: 'max-age=1',
    Metadata: { 'server-timing': 'fetch;dur=1.0, transform;dur=2.5' },
    ETag: `"${createHash('md5').update(bytes).digest('hex')}"`,
  });
  expect(Buffer.from(await objects.read('a/b.webp', 5))).toEqual(bytes);
});

test.each(["é/東京 (1)!'*.jpg", 'a+b&c=d?e#f%20.jpg', 'plain', 'a//b'])(
  'the key %j is signed as S3 signs it',
  async (key) => {
    await objects.put(key, bytes, { 'content-type': 'x/y' });

    const { Body } = await fixture.client.send(new GetObjectCommand({ Bucket: 'target', Key: key }));
    expect(Buffer.from((await Body?.transformToByteArray()) ?? [])).toEqual(bytes);
    expect(Buffer.from(await objects.read(key, 100))).toEqual(bytes);
    await objects.remove(key);
    await expect(objects.read(key, 100)).rejects.toMatchObject({ status: 404, awsCode: 'NoSuchKey' });
  },
);

test('more bytes than allowed are not read', async () => {
  await objects.put('large', bytes, {});

  await expect(objects.read('large', 4)).rejects.toThrow(RangeError);
});

test('an object that comes in many pieces is read whole, and so is an empty one', async () => {
  const large = randomBytes(1_000_003);
  await objects.put('pieces', large, {});
  await objects.put('empty', new Uint8Array(), {});

  expect(Buffer.from(await objects.read('pieces', large.length)).equals(large)).toBe(true);
  expect(await objects.read('empty', 5)).toHaveLength(0);
});

test('a copy has the bytes of its source and the headers that are given', async () => {
  const key = 'média/ä b+c.pdf';
  await s3Objects(fixture.environment, 'source').put(key, bytes, {
    'content-type': 'text/plain',
    'x-amz-meta-own': 'x',
  });

  await objects.copy({ bucket: 'source', key }, 'copy', {
    'content-type': 'application/pdf',
    'x-amz-meta-server-timing': 'fetch;dur=1.0',
  });

  const head = await fixture.client.send(new HeadObjectCommand({ Bucket: 'target', Key: 'copy' }));
  expect(head).toMatchObject({ ContentType: 'application/pdf', Metadata: { 'server-timing': 'fetch;dur=1.0' } });
  expect(head.Metadata).not.toHaveProperty('own');
  expect(Buffer.from(await objects.read('copy', 100))).toEqual(bytes);
});

test('an object is opened as a stream, with what an answer needs', async () => {
  await objects.put('stream', bytes, {});

  const { body, size, etag } = await objects.open('stream');

  expect([size, etag]).toEqual([5, `"${createHash('md5').update(bytes).digest('hex')}"`]);
  expect(Buffer.from(await new Response(body).arrayBuffer())).toEqual(bytes);
});

test('removing what is not there is done already, copying it is an error', async () => {
  await expect(objects.remove('nothing')).resolves.toBeUndefined();
  await expect(objects.copy({ bucket: 'source', key: 'nothing' }, 'x', {})).rejects.toMatchObject({ status: 404 });
});

test('another secret is refused', async () => {
  const stranger = s3Objects({ ...fixture.environment, AWS_SECRET_ACCESS_KEY: 'other' }, 'target');

  await expect(stranger.read('stream', 100)).rejects.toMatchObject({ status: 403, awsCode: 'SignatureDoesNotMatch' });
});
