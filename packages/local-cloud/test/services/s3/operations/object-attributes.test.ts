import { GetObjectAttributesCommand } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { expectFailure, md5, useS3 } from '../s3-fixture.ts';

const s3 = useS3('attributes');

it('GetObjectAttributes answers what is asked, and no more', async () => {
  await s3.put('a', '123456789', { ChecksumAlgorithm: 'CRC32' });
  const attributes = (ObjectAttributes: ('ETag' | 'Checksum' | 'ObjectSize' | 'StorageClass')[], Key = 'a') =>
    s3.client.send(new GetObjectAttributesCommand({ Bucket: s3.Bucket, Key, ObjectAttributes }));

  expect(await attributes(['ETag', 'Checksum', 'ObjectSize'])).toMatchObject({
    ETag: md5('123456789'),
    ObjectSize: 9,
    Checksum: { ChecksumCRC32: Buffer.from('cbf43926', 'hex').toString('base64'), ChecksumType: 'FULL_OBJECT' },
  });
  expect((await attributes(['StorageClass'])).ObjectSize).toBeUndefined();
  await expectFailure(attributes(['ETag'], 'missing'), 404, 'NoSuchKey');
});
