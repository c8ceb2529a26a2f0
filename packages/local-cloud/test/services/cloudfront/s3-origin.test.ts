import { expect, it } from 'vitest';
import type { OriginTarget } from '../../../src/services/cloudfront/origin-client.ts';
import { OWNER, REGION, useS3 } from '../s3/s3-fixture.ts';
import { answering, missing, runCdn, seen } from './running-cdn.ts';

const s3 = useS3('variants');

const MOVE_TIMING = `function handler(event) {
  var headers = event.response.headers, stored = headers['x-amz-meta-server-timing'];
  if (stored) headers['server-timing'] = stored;
  delete headers['x-amz-meta-server-timing'];
  return event.response;
}`;

const GROUP = {
  Id: 'group',
  FailoverCriteria: { StatusCodes: { Items: [403, 404] } },
  Members: { Items: [{ OriginId: 'one' }, { OriginId: 'two' }] },
};

/** The bucket first, then an origin that makes things. */
async function runWithBucket() {
  const made = await runCdn(missing, answering(200, { 'cache-control': 'max-age=60' }, 'made'));
  const running = await runCdn(missing, missing, {
    functions: { 'viewer-response': MOVE_TIMING },
    distribution: { OriginGroups: { Items: [GROUP] } },
    options: {
      origins: new Map<string, OriginTarget>([
        ['one', bucket()],
        ['two', { baseUrl: made.second.url }],
      ]),
    },
  });
  // Signatures are of the bucket's time.
  running.clock.now = Date.now();
  return running;
}

const bucket = (): OriginTarget => ({
  baseUrl: `${s3.endpoint}/variants`,
  sign: { service: 's3', region: REGION, credentials: OWNER },
});

it('reads objects of a private bucket, with their metadata', async () => {
  await s3.put('open/a b.webp', 'stored', {
    ContentType: 'image/webp',
    CacheControl: 'max-age=60',
    Metadata: { 'server-timing': 'fetch;dur=1' },
  });
  const { url, cdn } = await runWithBucket();

  const stored = await fetch(`${url}/open/a%20b.webp`);

  expect([stored.headers.get('server-timing'), stored.headers.get('content-type')]).toEqual([
    'fetch;dur=1',
    'image/webp',
  ]);
  expect([...stored.headers.keys()].filter((name) => name.startsWith('x-amz-meta'))).toEqual([]);
  expect(await seen(stored)).toEqual([200, 'Miss', null, 'stored']);
  expect(await seen(await fetch(`${url}/open/a%20b.webp`))).toEqual([200, 'Hit', '0', 'stored']);
  cdn.invalidate(['/*']);
  const part = await fetch(`${url}/open/a%20b.webp`, { headers: { range: 'bytes=0-1' } });
  expect(await seen(part)).toEqual([206, 'Miss', null, 'st']);
  const head = await fetch(`${url}/open/a%20b.webp`, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length'), head.headers.get('x-cache')]).toEqual([
    200,
    '6',
    'Miss from cloudfront',
  ]);
});

it('renews an object of the bucket by its ETag', async () => {
  await s3.put('renewed', 'stored', { CacheControl: 'max-age=60' });
  const { url, clock } = await runWithBucket();
  await fetch(`${url}/renewed`);
  clock.now += 61_000;

  expect(await seen(await fetch(`${url}/renewed`))).toEqual([200, 'RefreshHit', '0', 'stored']);
});

it('asks the second origin for what the bucket has not', async () => {
  const { url } = await runWithBucket();

  expect(await seen(await fetch(`${url}/nothing/here`))).toEqual([200, 'Miss', null, 'made']);
});

it('calls a path that cannot be signed the viewer’s mistake, as S3 does', async () => {
  const { url } = await runWithBucket();

  expect((await fetch(`${url}/%zz`)).status).toBe(400);
});
