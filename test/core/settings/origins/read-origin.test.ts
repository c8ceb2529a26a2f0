import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../../lambda/core/kernel/problems.ts';
import { readOrigin } from '../../../../lambda/core/settings/origins/read-origin.ts';
import { ORIGIN_ID } from './stored-origin.ts';

const SECRET = 'CANARY-do-not-show';
const PEM = `-----BEGIN PRIVATE KEY-----\n${SECRET}\n-----END PRIVATE KEY-----\n`;
const SAS = `sv=2022-11-02&sp=r&sig=${SECRET}`;
const S3 = { type: 'S3', name: 'A', bucket: 'product-images', accessKey: 'AKIAEXAMPLE', secretKey: SECRET };
const ROLE = 'arn:aws:iam::123456789012:role/vitrine-origin-a';

const COMPATIBLE = { ...S3, type: 'S3_COMPATIBLE', endpoint: 'https://s3.example.com' };
const FOLDER = { type: 'WEB_FOLDER', name: 'A', baseUrl: 'https://www.example.com/media' };
const PROXY = { type: 'WEB_PROXY', name: 'A' };
const GCS = { type: 'GCS', name: 'A', bucket: 'b_ucket', clientEmail: 'a@b.iam.gserviceaccount.com', privateKey: PEM };
const AZURE = { type: 'AZURE_BLOB', name: 'A', accountName: 'account', container: 'pictures', sasToken: SAS };

function refusal(body: unknown): Problem {
  try {
    readOrigin(body, ORIGIN_ID);
  } catch (error) {
    return error as Problem;
  }
  throw new Error('It was not refused.');
}

test.each([S3, COMPATIBLE, FOLDER, PROXY, GCS, AZURE])('$type: what the API asks for is enough', (body) => {
  const { origin } = readOrigin(body, ORIGIN_ID);

  expect(origin).toMatchObject({ id: ORIGIN_ID, type: body.type, name: 'A', includeCanonicalHeader: false });
  expect(JSON.stringify(origin)).not.toContain(SECRET);
});

test('defaults are the API’s', () => {
  expect(readOrigin(S3, ORIGIN_ID).origin).toEqual({
    id: ORIGIN_ID,
    type: 'S3',
    name: 'A',
    bucket: 'product-images',
    prefix: '',
    useIAMRole: false,
    includeCanonicalHeader: false,
    keepOriginals: false,
  });
  expect(readOrigin(COMPATIBLE, ORIGIN_ID).origin).toMatchObject({ s3ForcePathStyle: false });
  expect(readOrigin(FOLDER, ORIGIN_ID).origin).toMatchObject({ forwardHostHeaderToOrigin: false });
  expect(readOrigin(PROXY, ORIGIN_ID).origin).toMatchObject({ allowedHosts: [] });
});

test('credentials are apart from everything else', () => {
  expect(readOrigin(S3, ORIGIN_ID).credentials).toEqual({ accessKey: 'AKIAEXAMPLE', secretKey: SECRET });
  expect(readOrigin(GCS, ORIGIN_ID).credentials).toEqual({ privateKey: PEM });
  expect(readOrigin(AZURE, ORIGIN_ID).credentials).toEqual({ sasToken: SAS });
  expect(readOrigin(FOLDER, ORIGIN_ID).credentials).toEqual({});
});

test('a role instead of keys, which are then empty', () => {
  const body = { ...S3, useIAMRole: true, accessKey: '', secretKey: '', roleArn: ROLE };

  expect(readOrigin(body, ORIGIN_ID)).toMatchObject({
    origin: { useIAMRole: true, roleArn: ROLE },
    credentials: {},
  });
});

test('slashes around a folder mean nothing; hosts are lower case', () => {
  expect(readOrigin({ ...S3, prefix: '/a/b//' }, ORIGIN_ID).origin).toMatchObject({ prefix: 'a/b' });
  const allowedHosts = ['Images.Example.com', '*.cdn.example'];
  expect(readOrigin({ ...PROXY, allowedHosts }, ORIGIN_ID).origin).toMatchObject({
    allowedHosts: ['images.example.com', '*.cdn.example'],
  });
});

test('an answer may be sent back as a request', () => {
  expect(() => readOrigin({ ...S3, id: 'other', externalId: 'other' }, ORIGIN_ID)).not.toThrow();
  expect(readOrigin({ ...S3, id: 'other' }, ORIGIN_ID).origin.id).toBe(ORIGIN_ID);
});

describe('refused, with what is allowed', () => {
  test.each([
    [null, /object/],
    [[], /object/],
    [{ ...S3, type: 'NFS' }, /type must be one of S3, S3_COMPATIBLE/],
    [{ ...S3, type: 'CLOUDINARY_BACKUP' }, /CLOUDINARY_BACKUP are not offered/],
    [{ type: 'AKENEO_PIM', name: 'A' }, /AKENEO_PIM are not offered/],
    [{ ...S3, type: '__proto__' }, /type must be one of/],
    [{ ...S3, name: undefined }, /name is required/],
    [{ ...S3, name: ' ' }, /name must not be empty/],
    [{ ...S3, bucket: 'a/../b' }, /bucket must be the name of a bucket/],
    [{ ...S3, bucket: 'evil.example.com/x?' }, /bucket must be/],
    [{ ...S3, secretKey: '' }, /accessKey and secretKey are required/],
    [{ ...S3, useIAMRole: true }, /accessKey and secretKey stay empty/],
    [{ ...S3, useIAMRole: true, accessKey: '', secretKey: '' }, /roleArn names the role/],
    [{ ...S3, roleArn: 'arn:aws:iam::123456789012:role/Admin' }, /begins with "vitrine-origin"/],
    [{ ...S3, expectedBucketOwner: '12' }, /12 digits/],
    [{ ...S3, prefix: 'a/../b' }, /prefix must be/],
    [{ ...S3, useIAMRole: 'true' }, /true or false/],
    [{ ...S3, bukket: 'x' }, /"bukket" is not known/],
    [{ ...S3, includeCanonicalHeader: true }, /baseUrlForCanonicalHeader is required/],
    [{ ...COMPATIBLE, endpoint: 'https://user:pw@s3.example.com' }, /without user name/],
    [{ ...COMPATIBLE, endpoint: 'https://10.0.0.1' }, /s3ForcePathStyle/],
    [{ ...COMPATIBLE, endpoint: 'file:///etc' }, /http or https/],
    [{ ...FOLDER, baseUrl: 'https://www.example.com/?a=1' }, /without user name, query and fragment/],
    [{ ...PROXY, allowedHosts: 'example.com' }, /allowedHosts must be a list/],
    [{ ...PROXY, allowedHosts: ['127.0.0.1'] }, /allowedHosts must be a list/],
    [{ ...PROXY, allowedHosts: ['*.com.*'] }, /allowedHosts must be a list/],
    [{ ...PROXY, allowedHosts: ['аllowed.test'] }, /ASCII/],
    [{ ...GCS, privateKey: SECRET }, /privateKey must be/],
    [{ ...GCS, clientEmail: 'a\r\nb@c' }, /clientEmail must be/],
    [{ ...AZURE, sasToken: `${SECRET}#` }, /sasToken must be/],
    [{ ...AZURE, accountName: 'evil.example.com/' }, /accountName must be/],
    [{ ...S3, secretKey: SECRET.repeat(300) }, /4096 bytes/],
  ])('%j', (body, message) => {
    const { code, message: given } = refusal(body);

    expect(code).toBe('origin.invalid');
    expect(given).toMatch(message);
    expect(given).not.toContain(SECRET);
  });
});
