import { createHmac } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Context, LambdaFunctionURLEvent } from 'aws-lambda';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { endpointStore } from '../../lambda/adapters/accounts-table/endpoint-entity.ts';
import { originStore } from '../../lambda/adapters/accounts-table/origin-entity.ts';
import { credentialSealer } from '../../lambda/adapters/origin-access/origin-credentials.ts';
import { MEDIA_URL_HEADER } from '../../lambda/contract/edge.ts';
import { ENGINE_VERSION } from '../../lambda/contract/engine-version.ts';
import { ENVIRONMENT } from '../../lambda/contract/environment.ts';
import { readMediaUrl } from '../../lambda/core/delivery/media-url.ts';
import { sha256Hex } from '../../lambda/core/kernel/sha256.ts';
import { variantPath } from '../../lambda/core/request/variant-key.ts';
import { UNCHANGED_DEFAULT } from '../../lambda/core/settings/endpoints/endpoint.ts';
import type { OriginCredentials, StoredOrigin } from '../../lambda/core/settings/origins/origin.ts';
import { type BucketFixture, startBucketFixture } from '../adapters/bucket-fixture.ts';
import { TEST_CREDENTIALS } from '../adapters/library-fixture.ts';
import { someEvent } from '../core/audit/told-events.ts';
import { storedOrigin } from '../core/settings/origins/stored-origin.ts';
import { misbehave } from '../remote/misbehaving-origin.ts';
import type { WebServer } from '../remote/web-server.ts';
import { startWebServer } from '../remote/web-server.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { ORIGINALS, PRIVATE_KEY, startCloudFixture, VARIANTS } from './cloud-fixture.ts';
import { functionUrlEvent, lambdaContext } from './events.ts';
import { installStreaming, ResponseStream } from './response-stream.ts';

/* The transformer with origins: a bucket of another account, and a web server that misbehaves on demand. */
type Handler = (event: LambdaFunctionURLEvent, stream: ResponseStream, context: Context) => Promise<void>;

let cloud: CloudFixture;
let theirs: BucketFixture;
let web: WebServer;
let picture: Buffer;
let serial = 0;

beforeAll(async () => {
  [cloud, theirs] = await Promise.all([startCloudFixture(), startBucketFixture('theirs')]);
  installStreaming();
  picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer();
  const put = (Key: string, Body: Buffer | string, Metadata = {}) =>
    theirs.client.send(new PutObjectCommand({ Bucket: 'theirs', Key, Body, Metadata }));
  await put('photos/a b.jpg', picture);
  await put('photos/secret.jpg', picture, { isprivatefile: 'true' });
  await put('photos/paper.pdf', '%PDF-1.7 text');
  await put('photos/both.jpg', picture);
  web = await startWebServer((request, response) => misbehave(request.url ?? '', response, picture));
});

afterAll(async () => {
  await Promise.all([cloud?.close(), theirs?.close(), web?.close()]);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** A fresh transformer whose default endpoint has these origins, in this order. */
async function transformer(...origins: readonly [StoredOrigin, OriginCredentials?][]): Promise<Handler> {
  const store = originStore(cloud.library.client, cloud.library.table, cloud.library.commit);
  const ids: string[] = [];
  for (const [{ origin, ...stored }, credentials] of origins) {
    const id = (++serial).toString(16).padStart(24, '0');
    const sealer = credentialSealer(process.env, process.env[ENVIRONMENT.originCredentialsKey] ?? '');
    const sealed = credentials && { sealed: await sealer.seal(id, credentials) };
    await store.commit({ create: { ...stored, origin: { ...origin, id }, ...sealed } }, someEvent());
    ids.push(id);
  }
  const endpoints = endpointStore(cloud.library.client, cloud.library.table, cloud.library.commit);
  const put = { ...UNCHANGED_DEFAULT, origins: ids };
  await endpoints.commit({ put }, (await endpoints.read()).version, someEvent());
  vi.resetModules();
  return (await import('../../lambda/handlers/transform-image.ts')).handler as unknown as Handler;
}

const bucket = (settings = {}): [StoredOrigin, OriginCredentials] => [
  storedOrigin('S3_COMPATIBLE', {
    endpoint: theirs.environment.AWS_ENDPOINT_URL_S3 ?? '',
    bucket: 'theirs',
    prefix: 'photos',
    s3ForcePathStyle: true,
    ...settings,
  }),
  { accessKey: TEST_CREDENTIALS.accessKeyId, secretKey: TEST_CREDENTIALS.secretAccessKey },
];
const folder = (settings = {}): [StoredOrigin] => [storedOrigin('WEB_FOLDER', { baseUrl: web.url, ...settings })];
const proxy = (...allowedHosts: string[]): [StoredOrigin] => [storedOrigin('WEB_PROXY', { allowedHosts })];

async function ask(run: Handler, path: string, query = '', access: 'open' | 'signed' = 'open') {
  const variant = variantPath(readMediaUrl(path, query), 'plain', access, 'default', ENGINE_VERSION, sha256Hex);
  const asked = Buffer.from(query ? `${path}?${query}` : path).toString('base64url');
  const stream = new ResponseStream();
  const headers = { [MEDIA_URL_HEADER]: `${asked}.0_0_0.media.example.com` };
  await run(functionUrlEvent('GET', variant, headers), stream, lambdaContext());
  return { status: stream.status, headers: stream.headers, body: stream.body, key: variant.slice(1) };
}

test('a picture of another account’s bucket is transformed and stored for the CDN', async () => {
  const run = await transformer(bucket());

  const { status, body, key } = await ask(run, '/a%20b.jpg', 'tr=w-20');

  expect(status).toBe(200);
  expect(await sharp(body).metadata()).toMatchObject({ format: 'jpeg', width: 20, height: 15 });
  expect(await cloud.buckets.keys(VARIANTS)).toContain(key);
});

test('a file that is no picture, and a picture’s own bytes, are delivered as they are', async () => {
  const run = await transformer(bucket());

  const [paper, original] = [await ask(run, '/paper.pdf'), await ask(run, '/a%20b.jpg', 'tr=orig-true')];

  expect([paper.status, paper.headers['content-type'], paper.body.toString()]).toEqual([
    200,
    'application/pdf',
    '%PDF-1.7 text',
  ]);
  expect(original.body).toEqual(picture);
  expect(await cloud.buckets.keys(VARIANTS)).toContain(paper.key);
});

test('origins are asked in their order; the first that has the file wins', async () => {
  const run = await transformer(folder({ baseUrl: `${web.url}/missing` }), bucket());
  const before = web.seen.length;

  expect((await ask(run, '/both.jpg', 'tr=w-9')).status).toBe(200);
  expect(web.seen.length).toBe(before + 1);
  const reversed = await transformer(bucket(), folder({ baseUrl: `${web.url}/missing` }));
  expect((await ask(reversed, '/both.jpg', 'tr=w-8')).status).toBe(200);
  expect(web.seen.length).toBe(before + 1);
});

test('a private object is delivered with a signature, and stored apart', async () => {
  const run = await transformer(bucket());
  const signature = createHmac('sha1', PRIVATE_KEY).update('secret.jpg?tr=w-99999999999').digest('hex');

  const { status, key } = await ask(run, '/secret.jpg', `tr=w-9&ik-s=${signature}`, 'signed');

  expect(status).toBe(200);
  expect(key).toContain('/signed/');
  expect(await cloud.buckets.keys(VARIANTS)).toContain(key);
});

test('an origin that wants the viewer’s host gets it', async () => {
  await ask(await transformer(folder({ forwardHostHeaderToOrigin: true })), '/host.jpg', 'tr=w-3');
  expect(web.seen.at(-1)?.headers.host).toBe('media.example.com');
  await ask(await transformer(folder()), '/host.jpg', 'tr=w-4');
  expect(web.seen.at(-1)?.headers.host).toBe(`127.0.0.1:${web.port}`);
});

test('a private object needs a signature', async () => {
  const run = await transformer(bucket());

  const { status, headers, key } = await ask(run, '/secret.jpg', 'tr=w-9');

  expect([status, headers['cache-control']]).toEqual([401, 'no-store']);
  expect(await cloud.buckets.keys(VARIANTS)).not.toContain(key);
});

test.each([
  ['/missing.jpg', 404, 'ENOENT'],
  ['/forbidden.jpg', 404, 'EACCES'],
  ['/metadata.jpg', 404, 'EACCES'],
  // SSRF-030
  ['/html.jpg', 502, 'UNIDENTIFIED'],
  // SSRF-028
  ['/headers.jpg', 502, 'UNIDENTIFIED'],
  ['/false-length.jpg', 502, 'UNIDENTIFIED'],
  ['/gzip.jpg', 502, 'UNIDENTIFIED'],
  ['/announced.jpg', 400, 'ELIMIT'],
])(
  'an origin’s trouble with %s: %i %s, nothing stored, and nothing told about the origin',
  async (path, status, code) => {
    const run = await transformer(folder());
    const before = await cloud.buckets.keys(VARIANTS);

    const answer = await ask(run, path);

    expect([answer.status, answer.headers['ik-error']?.split(' - ')[0]]).toEqual([status, code]);
    expect(JSON.stringify(answer.headers) + answer.body).not.toContain(String(web.port));
    expect(Number(/max-age=(\d+)/.exec(answer.headers['cache-control'] ?? '')?.[1] ?? 0)).toBeLessThanOrEqual(
      status === 400 ? 3600 : 60,
    );
    expect(await cloud.buckets.keys(VARIANTS)).toEqual(before);
  },
);

test('CACHE-005: an origin that fails is asked again within seconds, and its failure is stored nowhere', async () => {
  const statuses = [500, 503, 403, 404];
  const flaky = await startWebServer((_, response) => {
    const status = statuses.shift();
    response.writeHead(status ?? 200).end(status ? undefined : picture);
  });
  const run = await transformer(folder({ baseUrl: flaky.url }));

  for (const expected of ['502 for 10', '502 for 10', '404 for 60', '404 for 60']) {
    const { status, headers } = await ask(run, '/recovers.jpg', 'tr=w-7');
    expect(`${status} for ${headers['cache-control']?.replace('public, max-age=', '')}`).toBe(expected);
  }
  expect((await ask(run, '/recovers.jpg', 'tr=w-7')).status).toBe(200);
  await flaky.close();
});

test('wrong credentials, and a server that is not there', async () => {
  const gone = await startWebServer(() => undefined);
  await gone.close();
  const [[origin]] = [bucket()];

  const denied = await ask(
    await transformer([origin, { accessKey: 'AKIA', secretKey: 'wrong' }]),
    '/a%20b.jpg',
    'tr=w-3',
  );
  const refused = await ask(await transformer(folder({ baseUrl: gone.url })), '/a.jpg');

  expect([denied.status, denied.headers['ik-error']?.split(' ')[0]]).toEqual([404, 'EACCES']);
  expect([refused.status, refused.headers['ik-error']?.split(' ')[0]]).toEqual([404, 'ECONNREFUSED']);
});

test.each([
  (port: number) => `/http://127.0.0.1:${port}/a.jpg`,
  (port: number) => `/tr:w-5/http:/127.0.0.1:${port}/a.jpg`,
  (port: number) => `/tr:w-6/${encodeURIComponent(`http://127.0.0.1:${port}/a.jpg?v=1`)}`,
])('a remote URL is fetched through a web proxy in every form of the path', async (path) => {
  const run = await transformer(proxy('*'));

  expect((await ask(run, path(web.port))).status).toBe(200);
});

test('a remote URL is not fetched from hosts that the list does not name, nor from inside', async () => {
  const before = web.seen.length;
  const listed = await transformer(proxy('images.example.com'));
  expect((await ask(listed, `/http:/127.0.0.1:${web.port}/b.jpg`)).headers['ik-error']).toMatch(/^EACCES/);
  vi.stubEnv(ENVIRONMENT.remoteAllow, '');
  const closed = await transformer(proxy('*'));
  for (const url of ['127.0.0.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', '169.254.169.254', 'localhost']) {
    expect((await ask(closed, `/http:/${url}/c.jpg`)).headers['ik-error']).toMatch(/^EACCES/);
  }
  expect(web.seen.length).toBe(before);
});

test('an origin is no way into a bucket that it does not name (SSRF-032)', async () => {
  const run = await transformer(bucket());

  expect((await ask(run, '/s3:theirs/secret.jpg')).status).toBe(404);
  expect((await ask(run, `/s3:%2F%2F${ORIGINALS}%2Fmedia%2Fx.jpg`)).status).toBe(404);
});

test('an endpoint without origins fetches nothing', async () => {
  const before = web.seen.length;

  expect((await ask(await transformer(), '/a.jpg')).headers['ik-error']).toMatch(/^ENOENT/);
  expect((await ask(await transformer(), `/http:/127.0.0.1:${web.port}/a.jpg`)).status).toBe(404);
  expect(web.seen.length).toBe(before);
});

test('a fetched original is kept when its origin says so, and spares the origin', async () => {
  const run = await transformer(folder({ keepOriginals: true }));
  const before = web.seen.length;

  expect((await ask(run, '/kept.jpg', 'tr=w-11')).status).toBe(200);
  expect((await ask(run, '/kept.jpg', 'tr=w-12')).status).toBe(200);

  expect(web.seen.length).toBe(before + 1);
  expect((await cloud.buckets.keys(ORIGINALS)).filter((key) => key.startsWith('fetched/'))).toEqual([
    expect.stringMatching(/^fetched\/[0-9a-f]{24}\/kept\.jpg$/),
  ]);
});

test('the URL that an origin wants named as canonical goes with the picture and with its own bytes', async () => {
  const canonical = { includeCanonicalHeader: true, baseUrlForCanonicalHeader: 'https://www.example.com/media/' };
  const run = await transformer(bucket(canonical));

  for (const query of ['tr=w-13', 'tr=orig-true']) {
    const { headers, key } = await ask(run, '/a%20b.jpg', query);
    const { Metadata } = await cloud.buckets.client.send(new GetObjectCommand({ Bucket: VARIANTS, Key: key }));

    expect(headers['x-amz-meta-canonical']).toBe('https://www.example.com/media/a%20b.jpg');
    expect(Metadata?.canonical).toBe('https://www.example.com/media/a%20b.jpg');
  }
});

test('a layer may come from an origin', async () => {
  const run = await transformer(bucket());

  expect((await ask(run, '/a%20b.jpg', 'tr=w-30,l-image,i-both.jpg,w-5,l-end')).status).toBe(200);
});

test('an SVG of an origin is treated like one of the library', async () => {
  const run = await transformer(folder());

  const { status, headers } = await ask(run, '/logo.svg');

  expect([status, headers['content-type']]).toEqual([200, 'image/svg+xml']);
});
