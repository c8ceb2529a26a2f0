import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import { expectFailure, md5, useS3 } from '../s3-fixture.ts';

const s3 = useS3('write-object');

describe('PutObject stores', () => {
  it('a buffer, with the checksum that the SDK adds by itself', async () => {
    const answer = await s3.put('a.txt', 'hello');

    expect(answer).toMatchObject({ ETag: `"${md5('hello')}"`, ChecksumCRC32: 'NhCmhg==', ChecksumType: 'FULL_OBJECT' });
    expect(await s3.text('a.txt')).toBe('hello');
  });

  it('the exact bytes of a stream that comes as aws-chunked with a trailing checksum', async () => {
    const bytes = randomBytes(3 * 2 ** 20 + 17);
    const pieces = Array.from({ length: 50 }, (_, index) => bytes.subarray(index * 65_000, (index + 1) * 65_000));
    await s3.put('stream.bin', Readable.from(pieces), { ContentLength: bytes.length, ContentType: 'image/png' });

    const stored = await s3.get('stream.bin', { ChecksumMode: 'ENABLED' });

    expect(Buffer.from((await stored.Body?.transformToByteArray()) ?? []).equals(bytes)).toBe(true);
    expect(stored).toMatchObject({ ContentLength: bytes.length, ContentType: 'image/png' });
    expect(stored.ContentEncoding).toBeUndefined();
    expect(stored.ChecksumCRC32).toBeDefined();
  });

  it('an empty object', async () => {
    await s3.put('empty', new Uint8Array());

    expect(await s3.text('empty')).toBe('');
    expect(await s3.head('empty')).toMatchObject({ ContentLength: 0, ETag: `"${md5('')}"` });
  });

  it('all kinds of metadata', async () => {
    const headers = {
      ContentType: 'image/avif',
      CacheControl: 'public, max-age=9',
      ContentDisposition: 'attachment; filename="x.avif"',
      ContentEncoding: 'gzip',
      ContentLanguage: 'pl',
      StorageClass: 'STANDARD_IA',
      Metadata: { width: '10', 'x-y': 'Z w' },
    } as const;
    await s3.put('metadata', 'x', headers);

    expect(await s3.head('metadata')).toMatchObject(headers);
  });

  /** Published check values of the algorithms, over '123456789'. */
  it.each([
    ['ChecksumCRC32', 'cbf43926'],
    ['ChecksumCRC32C', 'e3069283'],
    ['ChecksumCRC64NVME', 'ae8b14860a799888'],
    ['ChecksumSHA1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
    ['ChecksumSHA256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
  ] as const)('an object with %s', async (field, hexadecimal) => {
    const value = Buffer.from(hexadecimal, 'hex').toString('base64');

    const answer = await s3.put(field, '123456789', { [field]: value });

    expect(answer[field]).toBe(value);
    expect((await s3.get(field, { ChecksumMode: 'ENABLED' }))[field]).toBe(value);
  });

  it('keys of every kind, as they are', async () => {
    const keys = [
      ...['k/ż ó🐘.png', 'k/a+b c&d=e?f#g%20h.jpg', 'k/"quote"\'<x>.png', 'k/dot./x', 'k/a//b', 'k/trailing/'],
      ...['k/..%2f', `k/${'ł'.repeat(300)}`, 'p', 'p/q', '/leading', 'line\nbreak\rtab\t'],
    ];

    for (const key of keys) await s3.put(key, key);

    for (const key of keys) expect(await s3.text(key)).toBe(key);
  });
});

describe('PutObject refuses', () => {
  it('a body that is not what its checksum says', async () => {
    await expectFailure(s3.put('bad', 'hello', { ChecksumCRC32: 'AAAAAA==' }), 400, 'BadDigest');
    await expectFailure(s3.put('bad', 'hello', { ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' }), 400, 'BadDigest');
    await expectFailure(s3.head('bad'), 404);
  });

  it('keys, metadata and tags above the limits', async () => {
    await expectFailure(s3.put('x'.repeat(1025), 'x'), 400, 'KeyTooLongError');
    await expectFailure(s3.put('m', 'x', { Metadata: { a: 'x'.repeat(2048) } }), 400, 'MetadataTooLarge');
    await expectFailure(s3.put('t', 'x', { Tagging: [...'abcdefghijk'].join('=&') }), 400, 'BadRequest');
  });

  it('what is not here rather than to pass over it', async () => {
    await expectFailure(s3.put('kms', 'x', { ServerSideEncryption: 'aws:kms' }), 501, 'NotImplemented');
    await expectFailure(s3.put('acl', 'x', { ACL: 'public-read' }), 400, 'AccessControlListNotSupported');
    await expectFailure(s3.put('archive', 'x', { StorageClass: 'DEEP_ARCHIVE' }), 400, 'InvalidStorageClass');
  });
});

describe('conditions of PutObject', () => {
  it('If-None-Match: * lets the first one through only', async () => {
    await s3.put('once', '1', { IfNoneMatch: '*' });

    await expectFailure(s3.put('once', '2', { IfNoneMatch: '*' }), 412, 'PreconditionFailed');
    expect(await s3.text('once')).toBe('1');
  });

  it('If-Match takes the current ETag only', async () => {
    const { ETag } = await s3.put('match', '1');
    await s3.put('match', '2', { IfMatch: ETag });

    await expectFailure(s3.put('match', '3', { IfMatch: ETag }), 412);
    await expectFailure(s3.put('match-nothing', '3', { IfMatch: ETag }), 404, 'NoSuchKey');
    expect(await s3.text('match')).toBe('2');
  });

  it('of 20 at the same time exactly one wins', async () => {
    const puts = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => s3.put('race', String(index), { IfNoneMatch: '*' })),
    );

    expect(puts.filter((put) => put.status === 'fulfilled')).toHaveLength(1);
  });
});

describe('many PutObjects at the same time', () => {
  it('are all kept as sent', async () => {
    const bodies = Array.from({ length: 100 }, () => randomBytes(50_000));

    await Promise.all(bodies.map((body, index) => s3.put(`many/${index}`, body)));
    const stored = await Promise.all(bodies.map((_, index) => s3.bytes(`many/${index}`)));

    expect(stored.map(md5)).toEqual(bodies.map(md5));
  });

  it('on one key never mix the body of one with the metadata of another', async () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRST'];
    await Promise.all(letters.map((letter) => s3.put('one', letter.repeat(20_000), { Metadata: { letter } })));

    const { Body, Metadata } = await s3.get('one');

    expect(await Body?.transformToString()).toBe(Metadata?.letter?.repeat(20_000));
  });

  it('on one key leave one blob, and nothing unfinished', async () => {
    const count = async (folder: string) => (await readdir(join(s3.folder, folder))).length;
    const before = await count('blobs');
    await Promise.all(Array.from({ length: 10 }, (_, index) => s3.put('replaced', String(index))));

    await expect.poll(() => count('blobs')).toBe(before + 1);
    expect(await count('tmp')).toBe(0);
  });
});

describe('an upload that breaks off', () => {
  it('leaves no object and no bytes', async () => {
    const url = await getSignedUrl(s3.client, new PutObjectCommand({ Bucket: s3.Bucket, Key: 'broken' }));
    await new Promise<void>((resolve) => {
      const upload = request(url, { method: 'PUT', headers: { 'content-length': 1_000_000 } });
      upload.on('error', () => resolve());
      upload.write(Buffer.alloc(1000), () => setTimeout(() => upload.destroy(), 50));
    });

    await expect.poll(async () => (await readdir(join(s3.folder, 'tmp'))).length).toBe(0);
    await expectFailure(s3.head('broken'), 404);
  });
});
