import { CopyObjectCommand, type CopyObjectCommandInput } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { expectFailure, useS3 } from '../s3-fixture.ts';

const s3 = useS3('copy-object');

const copy = (Key: string, source: string, more: Partial<CopyObjectCommandInput> = {}) =>
  s3.client.send(new CopyObjectCommand({ Bucket: s3.Bucket, Key, CopySource: `${s3.Bucket}/${source}`, ...more }));

describe('CopyObject', () => {
  it('keeps bytes, metadata and tags', async () => {
    await s3.put('a', 'bytes', { ContentType: 'image/avif', Metadata: { width: '10' }, Tagging: 'x=1' });

    const { CopyObjectResult } = await copy('b', 'a');

    const [source, target] = [
      await s3.head('a', { ChecksumMode: 'ENABLED' }),
      await s3.head('b', { ChecksumMode: 'ENABLED' }),
    ];
    expect(target).toMatchObject({
      ContentType: 'image/avif',
      Metadata: { width: '10' },
      TagCount: 1,
      ETag: source.ETag,
    });
    expect(target.ChecksumCRC32).toBe(source.ChecksumCRC32);
    expect(CopyObjectResult?.ETag).toBe(source.ETag);
    expect(await s3.text('b')).toBe('bytes');
  });

  it('gives the copy its own metadata with REPLACE', async () => {
    await s3.put('a', 'bytes', { Metadata: { width: '10' } });

    await copy('b', 'a', { MetadataDirective: 'REPLACE', ContentType: 'text/z', Metadata: { n: '1' } });

    const head = await s3.head('b');
    expect(head.ContentType).toBe('text/z');
    expect(head.Metadata).toEqual({ n: '1' });
  });

  it('takes an escaped source, and replaces its own target', async () => {
    await s3.put('żółć/ zdjęcie+1.png', 'u');
    await copy('target', encodeURIComponent('żółć/ zdjęcie+1.png'));
    await copy('target', 'target', { MetadataDirective: 'REPLACE', ContentType: 'image/webp' });

    expect(await s3.text('target')).toBe('u');
    expect((await s3.head('target')).ContentType).toBe('image/webp');
  });

  it('survives the deletion of the source', async () => {
    await s3.put('a', 'first');
    await copy('b', 'a');
    await s3.put('a', 'second');

    expect(await s3.text('b')).toBe('first');
  });

  it('computes another checksum when asked', async () => {
    await s3.put('a', '123456789');

    const { CopyObjectResult } = await copy('b', 'a', { ChecksumAlgorithm: 'CRC32C' });

    expect(CopyObjectResult?.ChecksumCRC32C).toBe('4waSgw==');
  });

  it('refuses a source that is missing or not as demanded', async () => {
    const { ETag } = await s3.put('a', 'x');

    await expectFailure(copy('b', 'a', { CopySourceIfMatch: '"other"' }), 412, 'PreconditionFailed');
    await expectFailure(copy('b', 'a', { CopySourceIfNoneMatch: ETag }), 412, 'PreconditionFailed');
    await expectFailure(copy('b', 'missing'), 404, 'NoSuchKey');
    await expectFailure(copy('b', 'x', { CopySource: 'no-such-bucket/x' }), 404, 'NoSuchBucket');
    await expectFailure(copy('a', 'a'), 400, 'InvalidRequest');
  });
});
