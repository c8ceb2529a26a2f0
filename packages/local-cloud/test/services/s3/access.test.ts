import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { beforeAll, describe, expect, it } from 'vitest';
import { signRequest } from '../../../src/sigv4/sign.ts';
import { clientOf, expectFailure, OWNER, READER, REGION, useS3 } from './s3-fixture.ts';

const s3 = useS3('access', { readers: [READER.accessKeyId] });
const Bucket = s3.Bucket;

beforeAll(async () => {
  await s3.put('a.txt', 'hello');
  s3.server.ensureBucket({ name: 'not-for-readers', versioned: false, eventBridge: false });
  await s3.client.send(new PutObjectCommand({ Bucket: 'not-for-readers', Key: 'a.txt', Body: 'x' }));
});

const presign = (Key: string, more = {}, options = {}) =>
  getSignedUrl(s3.client, new GetObjectCommand({ Bucket, Key, ...more }), { expiresIn: 60, ...options });

describe('a presigned URL', () => {
  it('reads an object, with headers that its signer set', async () => {
    const response = await fetch(await presign('a.txt', { ResponseContentType: 'text/q' }));

    expect([response.status, await response.text()]).toEqual([200, 'hello']);
    expect(response.headers.get('content-type')).toBe('text/q');
  });

  it('writes an object, with the type that was signed', async () => {
    const command = new PutObjectCommand({ Bucket, Key: 'put.png', ContentType: 'image/png' });
    const url = await getSignedUrl(s3.client, command, { signableHeaders: new Set(['content-type']) });
    const put = (type: string) => fetch(url, { method: 'PUT', body: 'data', headers: { 'content-type': type } });

    expect((await put('text/html')).status).toBe(403);
    expect((await put('image/png')).status).toBe(200);
    expect((await s3.head('put.png')).ContentType).toBe('image/png');
  });

  it('is refused for another key, after its time, and with a header that changes the operation', async () => {
    const url = await presign('a.txt');
    const put = await getSignedUrl(s3.client, new PutObjectCommand({ Bucket, Key: 'copy' }));
    const copy = { 'x-amz-copy-source': `/${Bucket}/a.txt` };

    expect((await fetch(url.replace('a.txt', 'b.txt'))).status).toBe(403);
    expect((await fetch(await presign('a.txt', {}, { signingDate: new Date(Date.now() - 61_000) }))).status).toBe(403);
    expect((await fetch(put, { method: 'PUT', headers: copy })).status).toBe(403);
    await expectFailure(s3.head('copy'), 404);
  });
});

describe('a request is refused with 403', () => {
  it('when it is not signed', async () => {
    for (const path of ['', `/${Bucket}`, `/${Bucket}/a.txt`, `/${Bucket}/missing`, '/no-such-bucket']) {
      const response = await fetch(`${s3.endpoint}${path}`);

      expect([path, response.status]).toEqual([path, 403]);
      expect(await response.text()).toContain('<Code>AccessDenied</Code>');
    }
  });

  it('when it is signed with another secret or an unknown key', async () => {
    const forged = clientOf(s3.endpoint, { ...OWNER, secretAccessKey: 'wrong' });
    const unknown = clientOf(s3.endpoint, { ...OWNER, accessKeyId: 'NOBODY' });

    await expectFailure(forged.send(new HeadBucketCommand({ Bucket })), 403);
    await expectFailure(unknown.send(new GetObjectCommand({ Bucket, Key: 'a.txt' })), 403, 'InvalidAccessKeyId');
  });

  it('when the body is not the one that was signed', async () => {
    const headers = { host: s3.endpoint.slice('http://'.length) };
    const request = { method: 'PUT', path: `/${Bucket}/forged`, query: '', headers };
    const payloadHash = '0'.repeat(64);
    const added = signRequest(request, { service: 's3', region: REGION }, OWNER, new Date(), payloadHash);

    const response = await fetch(`${s3.endpoint}/${Bucket}/forged`, { method: 'PUT', body: 'x', headers: added });

    expect(response.status).toBe(400);
    expect(await response.text()).toContain('XAmzContentSHA256Mismatch');
    await expectFailure(s3.head('forged'), 404);
  });
});

describe('a principal with get-only access', () => {
  const reader = () => clientOf(s3.endpoint, READER);

  it('reads objects of the buckets that list it', async () => {
    const { Body } = await reader().send(new GetObjectCommand({ Bucket, Key: 'a.txt' }));
    const head = await reader().send(new HeadObjectCommand({ Bucket, Key: 'a.txt' }));

    expect(await Body?.transformToString()).toBe('hello');
    expect(head.ContentLength).toBe(5);
  });

  it('sees 403 for a missing key, as without ListBucket', async () => {
    await expectFailure(reader().send(new GetObjectCommand({ Bucket, Key: 'missing' })), 403, 'AccessDenied');
    await expectFailure(reader().send(new HeadObjectCommand({ Bucket, Key: 'missing' })), 403);
  });

  it('may do nothing else', async () => {
    const Key = 'a.txt';
    const others = [
      new GetObjectCommand({ Bucket: 'not-for-readers', Key }),
      new GetObjectCommand({ Bucket, Key, VersionId: 'null' }),
      new GetObjectTaggingCommand({ Bucket, Key }),
      new PutObjectCommand({ Bucket, Key, Body: 'x' }),
      new DeleteObjectCommand({ Bucket, Key }),
      new ListObjectsV2Command({ Bucket }),
    ];

    for (const command of others) await expectFailure(reader().send(command as GetObjectCommand), 403, 'AccessDenied');
    await expectFailure(reader().send(new CreateBucketCommand({ Bucket: 'new-one' })), 403);
    expect(await s3.text(Key)).toBe('hello');
  });
});
