import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../../lambda/core/kernel/problems.ts';
import type { OriginInput } from '../../../../lambda/core/settings/origins/origin-request.ts';
import { toOriginRequest } from '../../../../lambda/core/settings/origins/origin-request.ts';
import { AZURE, COMPATIBLE, FOLDER, GCS, PROXY, S3, SECRET } from '../../../api/origin-bodies.ts';
import { ORIGIN_ID } from './stored-origin.ts';

const ROLE = 'arn:aws:iam::123456789012:role/vitrine-origin-a';
const COMMON = { includeCanonicalHeader: false, keepOriginals: false };
const BUCKET = { ...COMMON, ...S3, prefix: '', useIAMRole: false };

function refusal(input: OriginInput): Problem {
  try {
    toOriginRequest(input, ORIGIN_ID);
  } catch (error) {
    return error as Problem;
  }
  throw new Error('It was not refused.');
}

test.each<OriginInput>([BUCKET, COMPATIBLE, FOLDER, PROXY, GCS, AZURE])(
  '$type: an origin has no credential in it',
  (input) => {
    const { origin } = toOriginRequest({ ...COMMON, ...input }, ORIGIN_ID);

    expect(origin).toMatchObject({ id: ORIGIN_ID, type: input.type, name: 'A', includeCanonicalHeader: false });
    expect(JSON.stringify(origin)).not.toContain(SECRET);
  },
);

test('credentials are apart from everything else', () => {
  expect(toOriginRequest(BUCKET, ORIGIN_ID)).toEqual({
    origin: {
      ...{ id: ORIGIN_ID, type: 'S3', name: 'A', bucket: 'product-images', prefix: '' },
      ...{ useIAMRole: false, includeCanonicalHeader: false, keepOriginals: false },
    },
    credentials: { accessKey: 'AKIAEXAMPLE', secretKey: SECRET },
  });
  expect(toOriginRequest(GCS, ORIGIN_ID).credentials).toEqual({ privateKey: GCS.privateKey });
  expect(toOriginRequest(AZURE, ORIGIN_ID).credentials).toEqual({ sasToken: AZURE.sasToken });
  expect(toOriginRequest(FOLDER, ORIGIN_ID).credentials).toEqual({});
});

test('a role instead of keys, which are then empty', () => {
  const input = { ...BUCKET, useIAMRole: true, accessKey: '', secretKey: '', roleArn: ROLE };

  expect(toOriginRequest(input, ORIGIN_ID)).toMatchObject({
    origin: { useIAMRole: true, roleArn: ROLE },
    credentials: {},
  });
});

test('slashes around a folder mean nothing', () => {
  expect(toOriginRequest({ ...BUCKET, prefix: '/a/b//' }, ORIGIN_ID).origin).toMatchObject({ prefix: 'a/b' });
});

test('the id is the one that it is given, whatever the request says', () => {
  expect(toOriginRequest({ ...BUCKET, id: 'other' }, ORIGIN_ID).origin.id).toBe(ORIGIN_ID);
});

describe('refused, with what is allowed', () => {
  test.each<[OriginInput, RegExp]>([
    [{ ...BUCKET, secretKey: '' }, /accessKey and secretKey are required/],
    [{ ...BUCKET, useIAMRole: true }, /accessKey and secretKey stay empty/],
    [{ ...BUCKET, useIAMRole: true, accessKey: '', secretKey: '' }, /roleArn names the role/],
    [{ ...BUCKET, includeCanonicalHeader: true }, /baseUrlForCanonicalHeader is required/],
    [{ ...COMPATIBLE, prefix: '', endpoint: 'https://10.0.0.1', s3ForcePathStyle: false }, /s3ForcePathStyle/],
    [{ ...BUCKET, secretKey: SECRET.repeat(300) }, /4096 bytes/],
  ])('%j', (input, message) => {
    const { code, message: given } = refusal(input);

    expect(code).toBe('origin.invalid');
    expect(given).toMatch(message);
    expect(given).not.toContain(SECRET);
  });
});
