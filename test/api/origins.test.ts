import { describe, expect, test } from 'vitest';
import type { OriginInput } from '../../lambda/core/settings/origins/origin-request.ts';
import { AZURE, COMPATIBLE, FOLDER, GCS, PROXY, S3, SECRET } from './origin-bodies.ts';
import { parsedBody } from './parsed-body.ts';

const read = async (body: unknown) => (await parsedBody('origins.create', body)) as OriginInput;
const COMMON = { includeCanonicalHeader: false, keepOriginals: false };

test.each([S3, COMPATIBLE, FOLDER, PROXY, GCS, AZURE])('$type: what the API asks for is enough', async (body) => {
  expect(await read(body)).toMatchObject({ ...COMMON, ...body });
});

test('defaults are the API’s', async () => {
  expect(await read(S3)).toEqual({ ...S3, ...COMMON, prefix: '', useIAMRole: false });
  expect(await read(COMPATIBLE)).toMatchObject({ s3ForcePathStyle: false });
  expect(await read(FOLDER)).toMatchObject({ forwardHostHeaderToOrigin: false });
  expect(await read(PROXY)).toMatchObject({ allowedHosts: [] });
});

test('null and empty text are as good as nothing where nothing is allowed', async () => {
  const body = { ...S3, accessKey: '', secretKey: null, roleArn: '', useIAMRole: null };

  const { roleArn, ...others } = await read(body);

  expect(roleArn).toBeUndefined();
  expect(others).toMatchObject({ accessKey: '', secretKey: '', useIAMRole: false });
});

test('credentials are taken as they are, other text without blanks around it; hosts are lower case', async () => {
  expect(await read({ ...S3, name: ' A ', secretKey: ' x ' })).toMatchObject({ name: 'A', secretKey: ' x ' });
  const allowedHosts = ['Images.Example.com', '*.cdn.example'];
  expect(await read({ ...PROXY, allowedHosts })).toMatchObject({
    allowedHosts: ['images.example.com', '*.cdn.example'],
  });
});

test('an answer may be sent back as a request', async () => {
  expect(await read({ ...S3, id: 'other', externalId: 'other' })).toEqual(await read(S3));
});

describe('refused, with what is allowed', () => {
  test.each([
    [null, /^The body must be an object\.$/],
    [[], /^The body must be an object\.$/],
    [{}, /^type must be one of S3, S3_COMPATIBLE/],
    [{ ...S3, type: 'NFS' }, /^type must be one of S3, S3_COMPATIBLE/],
    [{ ...S3, type: 'CLOUDINARY_BACKUP' }, /^type must be one of .* CLOUDINARY_BACKUP are not supported/],
    [{ type: 'AKENEO_PIM', name: 'A' }, /^type must be one of .* AKENEO_PIM are not supported/],
    [{ ...S3, type: '__proto__' }, /^type must be one of/],
    [{ ...S3, name: undefined }, /^name is required: it must be text of 1 to 100 characters\.$/],
    [{ ...S3, name: ' ' }, /^name must be text of 1 to 100 characters\.$/],
    [{ ...S3, name: 'a\0b' }, /^name must be text/],
    [{ ...S3, bucket: 'a/../b' }, /^bucket must be the name of a bucket/],
    [{ ...S3, bucket: 'evil.example.com/x?' }, /^bucket must be/],
    [{ ...S3, secretKey: 5 }, /^secretKey must be text\.$/],
    [{ ...S3, roleArn: 'arn:aws:iam::123456789012:role/Admin' }, /^roleArn must be .* begins with "vitrine-origin"/],
    [{ ...S3, expectedBucketOwner: '12' }, /^expectedBucketOwner must be an AWS account: 12 digits\.$/],
    [{ ...S3, prefix: 'a/../b' }, /^prefix must be a folder of at most 500 bytes/],
    [{ ...S3, useIAMRole: 'true' }, /^useIAMRole must be true or false\.$/],
    [{ ...S3, bukket: 'x' }, /^The body has no member "bukket"; there are type, name,/],
    [{ ...COMPATIBLE, secretKey: '' }, /^secretKey must be text that is not empty\.$/],
    [{ ...COMPATIBLE, endpoint: 'https://user:pw@s3.example.com' }, /^endpoint must be .* without user name/],
    [{ ...COMPATIBLE, endpoint: 'file:///etc' }, /^endpoint must be an http or https URL/],
    [{ ...FOLDER, baseUrl: 'https://www.example.com/?a=1' }, /^baseUrl must be .* user name, query and fragment\.$/],
    [{ ...PROXY, allowedHosts: 'example.com' }, /^allowedHosts must be a list of at most 100 host names in ASCII/],
    [{ ...PROXY, allowedHosts: ['127.0.0.1'] }, /^allowedHosts must be a list/],
    [{ ...PROXY, allowedHosts: ['*.com.*'] }, /^allowedHosts must be a list/],
    [{ ...PROXY, allowedHosts: ['аllowed.test'] }, /^allowedHosts must be .* ASCII/],
    [{ ...PROXY, allowedHosts: [5] }, /^allowedHosts\[0\] must be a host name in ASCII\.$/],
    [{ ...GCS, privateKey: SECRET }, /^privateKey must be the private key of a service account, as PEM text\.$/],
    [{ ...GCS, clientEmail: 'a\r\nb@c' }, /^clientEmail must be the e-mail address of a service account\.$/],
    [{ ...AZURE, sasToken: `${SECRET}#` }, /^sasToken must be a shared access signature, with its sig\.$/],
    [{ ...AZURE, accountName: 'evil.example.com/' }, /^accountName must be the name of a storage account/],
  ])('%j', async (body, message) => {
    const refusal = { code: 'input.invalid', status: 400, message: expect.stringMatching(message) };

    await expect(read(body)).rejects.toMatchObject(refusal);
    await expect(read(body)).rejects.not.toMatchObject({ message: expect.stringContaining(SECRET) });
  });
});
