import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DeleteObjectCommand, DeleteObjectsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { expectFailure, useS3 } from '../s3-fixture.ts';

const s3 = useS3('delete-object');
const Bucket = s3.Bucket;

describe('DeleteObject', () => {
  it('removes the object and its bytes, and may be repeated', async () => {
    await s3.put('a', 'x');
    const before = (await readdir(join(s3.folder, 'blobs'))).length;

    for (let time = 0; time < 2; time++) await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));

    await expectFailure(s3.head('a'), 404);
    await expect.poll(async () => (await readdir(join(s3.folder, 'blobs'))).length).toBe(before - 1);
  });

  it('with If-Match deletes what the client has seen only', async () => {
    const { ETag } = await s3.put('b', '1');
    await s3.put('b', '2');

    await expectFailure(s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'b', IfMatch: ETag })), 412);
    expect(await s3.text('b')).toBe('2');
  });
});

describe('DeleteObjects', () => {
  it('removes 300 keys in one request', async () => {
    const keys = Array.from({ length: 300 }, (_, index) => `many/${index} &<>"`);
    for (let start = 0; start < 300; start += 50) {
      await Promise.all(keys.slice(start, start + 50).map((key) => s3.put(key, 'x')));
    }

    const Objects = keys.map((Key) => ({ Key }));
    const { Deleted } = await s3.client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));

    expect(Deleted?.map(({ Key }) => Key)).toEqual(keys);
    expect(await s3.client.send(new ListObjectsV2Command({ Bucket, Prefix: 'many/' }))).toMatchObject({ KeyCount: 0 });
  });

  it('is silent when quiet, but for errors', async () => {
    await s3.put('q', '1');
    const Objects = [{ Key: 'q', ETag: '"other"' }, { Key: 'nothing' }];

    const answer = await s3.client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));

    expect(answer.Deleted).toBeUndefined();
    expect(answer.Errors).toMatchObject([{ Key: 'q', Code: 'PreconditionFailed' }]);
  });

  it('refuses more than 1000 keys', async () => {
    const Objects = Array.from({ length: 1001 }, (_, index) => ({ Key: String(index) }));

    await expectFailure(s3.client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } })), 400, 'MalformedXML');
  });
});
