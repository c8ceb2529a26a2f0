import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { describe, expect, it } from 'vitest';
import { expectFailure, md5, useS3 } from '../s3-fixture.ts';

const s3 = useS3('multipart');
const Bucket = s3.Bucket;
const BIG = Buffer.alloc(5 * 2 ** 20, 1);
const SMALL = Buffer.alloc(100, 2);

async function create(Key: string, more: Partial<CreateMultipartUploadCommandInput> = {}): Promise<string> {
  const { UploadId } = await s3.client.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }));
  return UploadId ?? '';
}

const upload = (Key: string, UploadId: string, PartNumber: number, Body: Buffer | string, more = {}) =>
  s3.client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body, ...more }));

const complete = (Key: string, UploadId: string, Parts: CompletedPart[], more = {}) =>
  s3.client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts }, ...more }));

describe('a multipart upload', () => {
  it('of lib-storage, from a stream', async () => {
    const bytes = randomBytes(11 * 2 ** 20);
    const pieces = Array.from({ length: 176 }, (_, index) => bytes.subarray(index * 65_536, (index + 1) * 65_536));
    const params = {
      Bucket,
      Key: 'stream',
      Body: Readable.from(pieces),
      ContentType: 'image/tiff',
      Metadata: { a: 'b' },
    };

    const answer = await new Upload({ client: s3.client, params, partSize: 5 * 2 ** 20 }).done();

    expect(answer.ETag).toMatch(/-3"$/);
    expect(md5(await s3.bytes('stream'))).toBe(md5(bytes));
    expect(await s3.head('stream')).toMatchObject({ ContentType: 'image/tiff', Metadata: { a: 'b' } });
  });

  it('takes parts in any order, and shows nothing before it is completed', async () => {
    const id = await create('parts');
    const second = await upload('parts', id, 2, SMALL);
    const first = await upload('parts', id, 1, BIG);
    const { Parts } = await s3.client.send(new ListPartsCommand({ Bucket, Key: 'parts', UploadId: id }));
    const { Uploads } = await s3.client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'parts' }));
    await expectFailure(s3.head('parts'), 404);

    await complete('parts', id, [
      { PartNumber: 1, ETag: first.ETag },
      { PartNumber: 2, ETag: second.ETag },
    ]);

    expect(Parts?.map((part) => [part.PartNumber, part.Size])).toEqual([
      [1, BIG.length],
      [2, 100],
    ]);
    expect(Uploads).toMatchObject([{ Key: 'parts', UploadId: id }]);
    expect(md5(await s3.bytes('parts'))).toBe(md5(Buffer.concat([BIG, SMALL])));
    expect(
      (await s3.client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'parts' }))).Uploads,
    ).toBeUndefined();
  });

  it('keeps the last of the parts with one number, and only the object in the end', async () => {
    const before = (await readdir(join(s3.folder, 'blobs'))).length;
    const id = await create('again');
    await upload('again', id, 1, 'first');
    const { ETag } = await upload('again', id, 1, 'second');

    await complete('again', id, [{ PartNumber: 1, ETag }]);

    expect(await s3.text('again')).toBe('second');
    await expect.poll(async () => (await readdir(join(s3.folder, 'blobs'))).length).toBe(before + 1);
  });

  it('takes ranges of other objects as parts', async () => {
    await s3.put('digits', '0123456789');
    const id = await create('copied');
    const source = { CopySource: `${Bucket}/digits`, CopySourceRange: 'bytes=0-4' };
    const { CopyPartResult } = await s3.client.send(
      new UploadPartCopyCommand({ Bucket, Key: 'copied', UploadId: id, PartNumber: 1, ...source }),
    );

    await complete('copied', id, [{ PartNumber: 1, ETag: CopyPartResult?.ETag }]);

    expect(await s3.text('copied')).toBe('01234');
  });

  it('ends when it is aborted', async () => {
    const id = await create('aborted');
    const { ETag } = await upload('aborted', id, 1, 'x');
    await s3.client.send(new AbortMultipartUploadCommand({ Bucket, Key: 'aborted', UploadId: id }));

    await expectFailure(upload('aborted', id, 2, 'x'), 404, 'NoSuchUpload');
    await expectFailure(complete('aborted', id, [{ PartNumber: 1, ETag }]), 404, 'NoSuchUpload');
  });
});

describe('completing is refused', () => {
  it('for parts that are unknown, changed, out of order or too small', async () => {
    const id = await create('refused');
    const { ETag } = await upload('refused', id, 1, 'small');
    await upload('refused', id, 2, 'small');

    const wrong = '"00000000000000000000000000000000"';
    await expectFailure(complete('refused', id, [{ PartNumber: 1, ETag: wrong }]), 400, 'InvalidPart');
    await expectFailure(complete('refused', id, [{ PartNumber: 3, ETag }]), 400, 'InvalidPart');
    await expectFailure(
      complete('refused', id, [{ PartNumber: 1, ETag, ChecksumCRC32: 'AAAAAA==' }]),
      400,
      'InvalidPart',
    );
    const backwards = [2, 1].map((PartNumber) => ({ PartNumber, ETag }));
    await expectFailure(complete('refused', id, backwards), 400, 'InvalidPartOrder');
    await expectFailure(complete('refused', id, backwards.toReversed()), 400, 'EntityTooSmall');
  });

  it('when the condition does not hold, and the upload goes on', async () => {
    await s3.put('taken', 'x');
    const id = await create('taken');
    const { ETag } = await upload('taken', id, 1, 'y');

    await expectFailure(complete('taken', id, [{ PartNumber: 1, ETag }], { IfNoneMatch: '*' }), 412);
    await complete('taken', id, [{ PartNumber: 1, ETag }]);

    expect(await s3.text('taken')).toBe('y');
  });

  it('when another completion runs: one wins', async () => {
    const id = await create('twice');
    const { ETag } = await upload('twice', id, 1, BIG);

    const results = await Promise.allSettled([1, 2, 3].map(() => complete('twice', id, [{ PartNumber: 1, ETag }])));

    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect((await s3.head('twice')).ContentLength).toBe(BIG.length);
  });
});

describe('the checksum of the object', () => {
  it('is composed of those of the parts, or of the whole when asked', async () => {
    const composite = await create('composite', { ChecksumAlgorithm: 'SHA256' });
    const one = await upload('composite', composite, 1, '123456789', { ChecksumAlgorithm: 'SHA256' });
    const full = await create('full', { ChecksumAlgorithm: 'CRC32C', ChecksumType: 'FULL_OBJECT' });
    const two = await upload('full', full, 1, '123456789', { ChecksumAlgorithm: 'CRC32C' });

    const first = await complete('composite', composite, [{ PartNumber: 1, ETag: one.ETag }]);
    await expectFailure(
      complete('full', full, [{ PartNumber: 1, ETag: two.ETag }], { ChecksumCRC32C: 'AAAAAA==' }),
      400,
      'BadDigest',
    );
    const second = await complete('full', full, [{ PartNumber: 1, ETag: two.ETag }], { ChecksumCRC32C: '4waSgw==' });

    expect(first).toMatchObject({ ChecksumType: 'COMPOSITE', ChecksumSHA256: expect.stringMatching(/=-1$/) });
    expect(second).toMatchObject({ ChecksumType: 'FULL_OBJECT', ChecksumCRC32C: '4waSgw==' });
  });

  it('and the ETag are those of an ordinary object after a copy', async () => {
    const id = await create('source');
    const { ETag } = await upload('source', id, 1, '123456789');
    await complete('source', id, [{ PartNumber: 1, ETag }]);

    await s3.client.send(new CopyObjectCommand({ Bucket, Key: 'target', CopySource: `${Bucket}/source` }));

    expect((await s3.head('target')).ETag).toBe(`"${md5('123456789')}"`);
  });
});
