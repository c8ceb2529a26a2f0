import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/sigv4/canonical-request.ts';
import { signRequest } from '../../src/sigv4/sign.ts';
import { type HttpRequestParts, verifySignature } from '../../src/sigv4/verify.ts';

const DOCUMENTED_KEY = 'AKIAIOSFODNN7EXAMPLE';
const DOCUMENTED_SECRETS = new Map([[DOCUMENTED_KEY, 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY']]);
const DOCUMENTED_TIME = new Date('2013-05-24T00:00:00Z');
const S3 = { service: 's3' };

describe('vectors that AWS publishes', () => {
  it('accepts "get-vanilla" of the Signature Version 4 test suite', () => {
    const request: HttpRequestParts = {
      method: 'GET',
      path: '/',
      query: '',
      headers: {
        host: 'example.amazonaws.com',
        'x-amz-date': '20150830T123600Z',
        authorization:
          'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, ' +
          'SignedHeaders=host;x-amz-date, ' +
          'Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
      },
    };
    const secrets = new Map([['AKIDEXAMPLE', 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY']]);

    const verdict = verifySignature(request, secrets, new Date('2015-08-30T12:36:00Z'), { service: 'service' });

    expect(verdict).toEqual({ ok: true, accessKeyId: 'AKIDEXAMPLE', payloadHash: sha256('') });
  });

  it('accepts the GET Object example of the S3 API reference', () => {
    const request: HttpRequestParts = {
      method: 'GET',
      path: '/test.txt',
      query: '',
      headers: {
        host: 'examplebucket.s3.amazonaws.com',
        range: 'bytes=0-9',
        'x-amz-content-sha256': sha256(''),
        'x-amz-date': '20130524T000000Z',
        authorization:
          `AWS4-HMAC-SHA256 Credential=${DOCUMENTED_KEY}/20130524/us-east-1/s3/aws4_request,` +
          'SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,' +
          'Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
      },
    };

    expect(verifySignature(request, DOCUMENTED_SECRETS, DOCUMENTED_TIME, S3).ok).toBe(true);
  });

  it('accepts the PUT Object example, whose path has a character that must be escaped', () => {
    const request: HttpRequestParts = {
      method: 'PUT',
      path: '/test$file.text',
      query: '',
      headers: {
        host: 'examplebucket.s3.amazonaws.com',
        date: 'Fri, 24 May 2013 00:00:00 GMT',
        'x-amz-content-sha256': sha256('Welcome to Amazon S3.'),
        'x-amz-date': '20130524T000000Z',
        'x-amz-storage-class': 'REDUCED_REDUNDANCY',
        authorization:
          `AWS4-HMAC-SHA256 Credential=${DOCUMENTED_KEY}/20130524/us-east-1/s3/aws4_request,` +
          'SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class,' +
          'Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
      },
    };

    expect(verifySignature(request, DOCUMENTED_SECRETS, DOCUMENTED_TIME, S3).ok).toBe(true);
  });
});

const PRESIGNED: HttpRequestParts = {
  method: 'GET',
  path: '/test.txt',
  query:
    'X-Amz-Algorithm=AWS4-HMAC-SHA256' +
    `&X-Amz-Credential=${DOCUMENTED_KEY}%2F20130524%2Fus-east-1%2Fs3%2Faws4_request` +
    '&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host' +
    '&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
  headers: { host: 'examplebucket.s3.amazonaws.com' },
};

describe('a presigned URL', () => {
  const verdictAt = (request: HttpRequestParts, time: string) =>
    verifySignature(request, DOCUMENTED_SECRETS, new Date(time), S3);

  it('is good until it expires, as in the example of the S3 API reference', () => {
    expect(verdictAt(PRESIGNED, '2013-05-24T23:59:59Z').ok).toBe(true);
    expect(verdictAt(PRESIGNED, '2013-05-25T00:00:01Z')).toMatchObject({ code: 'RequestExpired' });
    expect(verdictAt(PRESIGNED, '2013-05-23T23:30:00Z')).toMatchObject({ code: 'RequestTimeTooSkewed' });
  });

  it.each<[string, HttpRequestParts]>([
    ['another path', { ...PRESIGNED, path: '/other.txt' }],
    ['another method', { ...PRESIGNED, method: 'PUT' }],
    ['a longer life', { ...PRESIGNED, query: PRESIGNED.query.replace('86400', '86401') }],
    ['another parameter', { ...PRESIGNED, query: `${PRESIGNED.query}&versionId=1` }],
    ['another host', { ...PRESIGNED, headers: { host: 'elsewhere' } }],
    ['a header of S3 added', { ...PRESIGNED, headers: { ...PRESIGNED.headers, 'x-amz-copy-source': '/b/k' } }],
    ['another signature', { ...PRESIGNED, query: PRESIGNED.query.replace('d404', 'd405') }],
  ])('is refused with %s', (_, request) => {
    expect(verdictAt(request, '2013-05-24T01:00:00Z')).toMatchObject({ ok: false, code: 'SignatureDoesNotMatch' });
  });

  it.each([
    ['no life', PRESIGNED.query.replace('&X-Amz-Expires=86400', '')],
    ['a life above seven days', PRESIGNED.query.replace('86400', '604801')],
    ['a parameter given twice', `${PRESIGNED.query}&X-Amz-Expires=5`],
    ['another algorithm', PRESIGNED.query.replace('SHA256', 'MD5')],
    ['a broken escape', `${PRESIGNED.query}&x=%zz`],
  ])('is malformed with %s', (_, query) => {
    expect(verdictAt({ ...PRESIGNED, query }, '2013-05-24T01:00:00Z')).toMatchObject({ code: 'Malformed' });
  });
});

describe('a signature in a header', () => {
  const bare = { method: 'POST', path: '/', query: '', headers: { host: 'localhost:1' } };
  const credentials = { accessKeyId: 'K', secretAccessKey: 'S' };
  const scope = { service: 'dynamodb', region: 'eu-west-1' };
  const now = new Date('2026-01-02T03:04:05Z');
  const signed = { ...bare, headers: { ...bare.headers, ...signRequest(bare, scope, credentials, now) } };

  it.each([
    ['MissingAuthentication', bare, 'S', now],
    ['SignatureDoesNotMatch', signed, 'other', now],
    ['RequestTimeTooSkewed', signed, 'S', new Date(now.getTime() + 901_000)],
    ['RequestTimeTooSkewed', signed, 'S', new Date(now.getTime() - 901_000)],
    ['Malformed', { ...bare, headers: { ...bare.headers, authorization: 'Bearer x' } }, 'S', now],
    ['Malformed', { ...signed, query: 'X-Amz-Signature=00' }, 'S', now],
  ] as const)('can be refused as %s', (code, request, secret, time) => {
    expect(verifySignature(request, new Map([['K', secret]]), time, scope)).toMatchObject({ ok: false, code });
  });

  it('is refused for another service and for an unknown key', () => {
    const secrets = new Map([['K', 'S']]);

    expect(verifySignature(signed, secrets, now, { service: 'ssm' })).toMatchObject({ code: 'SignatureDoesNotMatch' });
    expect(verifySignature(signed, new Map(), now, scope)).toMatchObject({ code: 'InvalidAccessKeyId' });
    expect(verifySignature(signed, secrets, now, scope)).toMatchObject({ ok: true, accessKeyId: 'K' });
  });
});
