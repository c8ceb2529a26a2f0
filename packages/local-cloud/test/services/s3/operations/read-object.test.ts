import { describe, expect, it } from 'vitest';
import { expectFailure, md5, useS3 } from '../s3-fixture.ts';

const s3 = useS3('read-object');

describe('a range', () => {
  it.each([
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=8-100', '89', 'bytes 8-9/10'],
    ['bytes=-100', '0123456789', 'bytes 0-9/10'],
  ])('%s', async (Range, text, ContentRange) => {
    await s3.put('digits', '0123456789');

    const answer = await s3.get('digits', { Range, ChecksumMode: 'ENABLED' });

    expect(answer).toMatchObject({ ContentRange, ContentLength: text.length, $metadata: { httpStatusCode: 206 } });
    expect(answer.ChecksumCRC32).toBeUndefined();
    expect(await answer.Body?.transformToString()).toBe(text);
    expect(await s3.head('digits', { Range })).toMatchObject({ ContentLength: text.length });
  });

  it.each(['bytes=50-60', 'bytes=10-', 'bytes=-0'])('%s is not satisfiable', async (Range) => {
    await s3.put('digits', '0123456789');

    await expectFailure(s3.get('digits', { Range }), 416, 'InvalidRange');
  });

  it.each(['bytes=0-1,4-5', 'bytes=5-2', 'lines=1-2'])('%s is passed over', async (Range) => {
    await s3.put('digits', '0123456789');

    expect(await s3.get('digits', { Range })).toMatchObject({ ContentLength: 10, $metadata: { httpStatusCode: 200 } });
  });
});

describe('a condition', () => {
  it('If-None-Match with the ETag gives 304', async () => {
    const { ETag } = await s3.put('c', 'x', { CacheControl: 'max-age=7' });

    await expectFailure(s3.get('c', { IfNoneMatch: ETag }), 304);
    expect(await s3.text('c', { IfNoneMatch: '"other"' })).toBe('x');
  });

  it('If-Match with another ETag gives 412', async () => {
    const { ETag } = await s3.put('c', 'x');

    await expectFailure(s3.get('c', { IfMatch: '"other"' }), 412, 'PreconditionFailed');
    expect(await s3.text('c', { IfMatch: ETag })).toBe('x');
  });

  it('on the date gives 304 or 412', async () => {
    await s3.put('c', 'x');
    const later = new Date(Date.now() + 5000);
    const earlier = new Date(Date.now() - 86_400_000);

    await expectFailure(s3.get('c', { IfModifiedSince: later }), 304);
    await expectFailure(s3.get('c', { IfUnmodifiedSince: earlier }), 412);
    expect(await s3.text('c', { IfModifiedSince: earlier, IfUnmodifiedSince: later })).toBe('x');
  });
});

describe('an answer', () => {
  it('has the headers that a signed request sets for it', async () => {
    await s3.put('o', 'x', { ContentType: 'image/png' });

    expect(await s3.get('o', { ResponseContentDisposition: 'inline', ResponseContentType: 'text/x' })).toMatchObject({
      ContentDisposition: 'inline',
      ContentType: 'text/x',
    });
    await expectFailure(s3.get('o', { ResponseContentType: 'text/x\r\nset-cookie: a' }), 400, 'InvalidArgument');
  });

  it('has validators, and the checksum when asked', async () => {
    await s3.put('v', 'x');

    const answer = await s3.head('v', { ChecksumMode: 'ENABLED' });

    expect(answer).toMatchObject({
      ETag: `"${md5('x')}"`,
      AcceptRanges: 'bytes',
      ContentType: 'application/octet-stream',
    });
    expect(answer.ChecksumCRC32).toBeDefined();
    expect((await s3.head('v')).ChecksumCRC32).toBeUndefined();
    expect(Math.abs((answer.LastModified?.getTime() ?? 0) - Date.now())).toBeLessThan(5000);
  });

  it('says that a key, a bucket or a version is missing', async () => {
    await expectFailure(s3.get('missing'), 404, 'NoSuchKey');
    await expectFailure(s3.head('missing'), 404);
    await expectFailure(s3.get('missing', { VersionId: 'abc' }), 404, 'NoSuchVersion');
  });

  it('is whole although the object is replaced while it is read', async () => {
    const old = Buffer.alloc(4 * 2 ** 20, 'o');
    await s3.put('replaced', old);

    const answer = await s3.get('replaced');
    await s3.put('replaced', 'new');

    expect(md5(Buffer.from((await answer.Body?.transformToByteArray()) ?? []))).toBe(md5(old));
  });
});
