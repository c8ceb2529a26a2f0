import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guardedExchange } from '../../../lambda/remote/guarded-exchange.ts';
import type { BucketFixture } from '../../adapters/bucket-fixture.ts';
import { startBucketFixture } from '../../adapters/bucket-fixture.ts';
import { TEST_CREDENTIALS } from '../../adapters/library-fixture.ts';
import { ORIGIN_ID, storedOrigin } from '../../core/settings/origins/stored-origin.ts';
import { startWebServer } from '../web-server.ts';
import { found, testFetcher, textOf } from './fetcher-fixture.ts';

/* A bucket of somebody else, on a real S3-compatible server that checks signatures. */
let account: BucketFixture;
let endpoint: string;
const OWNER = '000000000000';
const KEYS = { accessKey: TEST_CREDENTIALS.accessKeyId, secretKey: TEST_CREDENTIALS.secretAccessKey };

beforeAll(async () => {
  account = await startBucketFixture('theirs');
  endpoint = account.environment.AWS_ENDPOINT_URL_S3 ?? '';
  const put = (Key: string, Body: string, Metadata = {}) =>
    account.client.send(new PutObjectCommand({ Bucket: 'theirs', Key, Body, Metadata, ContentType: 'image/png' }));
  await put('a.png', 'top');
  await put("photos/2026/ü (1)+'%20~.png", 'odd');
  await put('photos/secret.png', 'secret', { isprivatefile: 'true' });
});

afterAll(() => account?.close());

const endpoints = () => ({
  region: 'us-east-1',
  s3: (bucket: string) => `${endpoint}/${bucket}`,
  google: endpoint,
  azure: () => endpoint,
});

const compatible = (settings = {}) =>
  storedOrigin('S3_COMPATIBLE', { endpoint, bucket: 'theirs', s3ForcePathStyle: true, ...settings }, 'sealed');
const bucket = (settings = {}) => storedOrigin('S3', { bucket: 'theirs', ...settings }, 'sealed');

test('an object of a compatible server is read with the origin’s keys', async () => {
  const outcome = await testFetcher(KEYS).fetch(compatible(), '/a.png');

  expect(textOf(outcome)).toBe('top');
  expect(found(outcome)).toMatchObject({
    contentType: 'image/png',
    isPrivate: false,
    etag: expect.stringMatching(/^"/),
  });
});

test('keys of any spelling are found below the folder; escapes in a name are a part of it', async () => {
  const fetcher = testFetcher(KEYS);

  expect(textOf(await fetcher.fetch(compatible({ prefix: 'photos/2026' }), "/ü (1)+'%20~.png"))).toBe('odd');
  expect(textOf(await fetcher.fetch(compatible({ prefix: 'photos/2026' }), '/a.png'))).toBe('missing');
});

test('an object may call itself private', async () => {
  const outcome = await testFetcher(KEYS).fetch(compatible({ prefix: 'photos' }), '/secret.png');

  expect(found(outcome)?.isPrivate).toBe(true);
});

test('wrong keys, and a bucket that is not there', async () => {
  expect(textOf(await testFetcher({ ...KEYS, secretKey: 'wrong' }).fetch(compatible(), '/a.png'))).toBe('denied');
  expect(textOf(await testFetcher({}).fetch(compatible(), '/a.png'))).toBe('denied');
  expect(textOf(await testFetcher(KEYS).fetch(compatible({ bucket: 'nowhere' }), '/a.png'))).toBe('missing');
});

test('without path style the bucket is a part of the host', async () => {
  const asked: string[] = [];
  const exchange = guardedExchange({
    exceptions: '',
    maximumBytes: 1000,
    resolve: async (host) => {
      asked.push(host);
      return [{ address: '10.0.0.1', family: 4 }];
    },
  });
  const stored = compatible({ endpoint: 'https://s3.eu-central-1.example.com', s3ForcePathStyle: false });

  expect(textOf(await testFetcher(KEYS, { exchange }).fetch(stored, '/a.png'))).toBe('denied');
  expect(asked).toEqual(['theirs.s3.eu-central-1.example.com']);
});

// SSRF-033
test('a bucket of S3 is read with keys, and only while the right account owns it', async () => {
  const fetcher = testFetcher(KEYS, { endpoints: endpoints() });

  expect(textOf(await fetcher.fetch(bucket(), '/a.png'))).toBe('top');
  expect(textOf(await fetcher.fetch(bucket({ expectedBucketOwner: OWNER }), '/a.png'))).toBe('top');
  expect(textOf(await fetcher.fetch(bucket({ expectedBucketOwner: '111111111111' }), '/a.png'))).toBe('denied');
});

test('a role is assumed with the origin’s id as external id; its account must own the bucket', async () => {
  const asked: string[][] = [];
  const assumeRole = async (roleArn: string, externalId: string) => {
    asked.push([roleArn, externalId]);
    return roleArn.includes('refuses') ? undefined : { ...TEST_CREDENTIALS };
  };
  const fetcher = testFetcher({}, { endpoints: endpoints(), assumeRole });
  const role = (account: string, name = 'vitrine-origin') =>
    bucket({ useIAMRole: true, roleArn: `arn:aws:iam::${account}:role/${name}` });

  expect(textOf(await fetcher.fetch(role(OWNER), '/a.png'))).toBe('top');
  expect(textOf(await fetcher.fetch(role('111111111111'), '/a.png'))).toBe('denied');
  expect(textOf(await fetcher.fetch(role(OWNER, 'vitrine-origin-refuses'), '/a.png'))).toBe('denied');
  expect(asked[0]).toEqual([`arn:aws:iam::${OWNER}:role/vitrine-origin`, ORIGIN_ID]);
});

test.each([
  ['in its refusal', true],
  ['when asked for the bucket', false],
])('a bucket in another region that says so %s is asked there, and remembered', async (_, inRefusal) => {
  const server = await startWebServer(({ headers, url }, response) => {
    const right = headers.authorization?.includes('/ap-south-1/s3/');
    if (inRefusal || url === '/theirs/') response.setHeader('x-amz-bucket-region', 'ap-south-1');
    if (!right) response.setHeader('location', 'http://elsewhere.example/');
    response.writeHead(right ? 200 : 307).end('moved');
  });
  const s3 = (name: string) => `${server.url}/${name}`;
  const fetcher = testFetcher(KEYS, { endpoints: { ...endpoints(), s3 } });

  expect(textOf(await fetcher.fetch(bucket(), '/a.png'))).toBe('moved');
  const asked = server.seen.length;
  expect(asked).toBe(inRefusal ? 2 : 3);
  expect(textOf(await fetcher.fetch(bucket(), '/b.png'))).toBe('moved');
  expect(server.seen.length).toBe(asked + 1);
  await server.close();
});

test('a bucket of S3 itself is asked at the host of its region', async () => {
  const asked: string[] = [];
  const exchange = guardedExchange({
    exceptions: '',
    maximumBytes: 1000,
    resolve: async (host) => {
      asked.push(host);
      return [{ address: '10.0.0.1', family: 4 }];
    },
  });
  const s3 = (name: string) =>
    name.includes('.') ? `https://s3.amazonaws.com/${name}` : `https://${name}.s3.amazonaws.com`;
  const { fetch } = testFetcher(KEYS, { exchange, endpoints: { ...endpoints(), region: 'eu-west-1', s3 } });

  await fetch(bucket(), '/a.png');
  await fetch(bucket({ bucket: 'with.dots' }), '/a.png');

  expect(asked).toEqual(['theirs.s3.eu-west-1.amazonaws.com', 's3.eu-west-1.amazonaws.com']);
});
