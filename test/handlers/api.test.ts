import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ENGINE_VERSION } from '../../lambda/contract/engine-version.ts';
import { ENVIRONMENT } from '../../lambda/contract/environment.ts';
import { UPLOAD_PATHS, UPLOAD_V2_PATH } from '../../lambda/contract/routes.ts';
import { cacheTag } from '../../lambda/core/delivery/cache-tags.ts';
import { sha256Hex } from '../../lambda/core/kernel/sha256.ts';
import { assetPrefix } from '../../lambda/core/request/variant-key.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { MEDIA_HOST, ORIGINALS, PRIVATE_KEY, startCloudFixture, VARIANTS } from './cloud-fixture.ts';
import { httpApiEvent, lambdaContext } from './events.ts';

let cloud: CloudFixture;
let handler: (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;
let picture: Buffer;

beforeAll(async () => {
  cloud = await startCloudFixture();
  ({ handler } = await import('../../lambda/handlers/api.ts'));
  picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer();
});

afterAll(() => cloud?.close());
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const basic = (key: string) => `Basic ${Buffer.from(`${key}:do_not_set`).toString('base64')}`;

type Fields = Readonly<Record<string, string | Blob>>;

async function call(
  method: string,
  path: string,
  form?: FormData,
  authorization: string | undefined = basic(PRIVATE_KEY),
) {
  const request = new Request('https://x.invalid', { method: 'POST', ...(form && { body: form }) });
  const headers = { ...Object.fromEntries(request.headers), ...(authorization && { authorization }) };
  const body = form && Buffer.from(await request.arrayBuffer());
  const context = lambdaContext();
  const result = await handler(httpApiEvent(method, path, { headers, ...(body && { body }) }), context);
  return { context, result, status: result.statusCode, headers: result.headers ?? {}, json: parse(result.body) };
}

const parse = (body: string | undefined) => (body ? (JSON.parse(body) as Record<string, unknown>) : {});

function upload(fields: Fields, authorization?: string, path: string = UPLOAD_PATHS[0]) {
  const form = new FormData();
  for (const [name, value] of Object.entries({
    file: new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }),
    ...fields,
  }))
    form.append(name, value);
  return call('POST', path, form, authorization);
}

test('an upload is answered in the shape that ImageKit’s SDKs read', async () => {
  const { status, headers, json, context } = await upload({ fileName: 'my photo.jpg', folder: '/Ünï', tags: 'a,b' });

  expect(status).toBe(200);
  const { fileId } = json;
  expect(fileId).toMatch(/^[0-9a-f]{24}$/);
  expect(json.name).toMatch(/^my_photo_[\w-]{9}\.jpg$/);
  const path = `/%C3%9Cn%C3%AF/${json.name}`;
  expect(json).toEqual({
    fileId,
    name: json.name,
    size: picture.byteLength,
    versionInfo: { id: fileId, name: 'Version 1' },
    filePath: `/Ünï/${json.name}`,
    url: `http://${MEDIA_HOST}${path}`,
    fileType: 'image',
    height: 30,
    width: 40,
    thumbnailUrl: `http://${MEDIA_HOST}/tr:n-ik_ml_thumbnail${path}`,
    AITags: null,
    tags: ['a', 'b'],
    isPrivateFile: false,
    isPublished: true,
    customCoordinates: null,
    declaredType: 'image/jpeg',
  });
  expect(headers).toMatchObject({
    'content-type': expect.stringContaining('application/json'),
    'x-request-id': context.awsRequestId,
    'x-ik-requestid': context.awsRequestId,
    'access-control-allow-origin': '*',
    'access-control-expose-headers': expect.stringContaining('x-ik-requestid'),
  });
  expect(await cloud.buckets.keys(ORIGINALS)).toContain(`media/Ünï/${json.name}/${fileId}.jpg`);
});

test('a file that is no image has no measures', async () => {
  const { json } = await upload({
    file: new Blob(['%PDF-1.7']),
    fileName: 'a.pdf',
    isPrivateFile: 'true',
    responseFields: 'customMetadata',
  });

  expect(json).toMatchObject({
    fileType: 'non-image',
    isPrivateFile: true,
    thumbnailUrl: expect.stringContaining('/tr:n-ik_ml_thumbnail/'),
    customMetadata: {},
  });
  expect(json).not.toHaveProperty('width');
});

test.each([UPLOAD_PATHS[1], UPLOAD_V2_PATH, `${UPLOAD_PATHS[0]}/`])('%s uploads too', async (path) => {
  const { status } = await upload({ fileName: 'a.jpg' }, undefined, path);

  expect(status).toBe(200);
});

test('base64 text is a file', async () => {
  const { json } = await upload({ file: picture.toString('base64'), fileName: 'text.jpg' });

  expect(json).toMatchObject({ size: picture.byteLength, width: 40 });
});

test('an overwrite is a version; stored variants go and the CDN is told before the answer', async () => {
  const fields = { fileName: 'over.jpg', useUniqueFileName: 'false' };
  const first = await upload(fields);
  const prefix = (path: string, access: 'open' | 'signed') =>
    `${assetPrefix(path, ENGINE_VERSION, sha256Hex)}${access}/default/`;
  const other = prefix('/other.jpg', 'open');
  for (const path of [prefix('/over.jpg', 'open'), prefix('/over.jpg', 'signed'), other]) {
    await cloud.buckets.client.send(
      new PutObjectCommand({ Bucket: VARIANTS, Key: `${path.slice(1)}a.webp`, Body: 'x' }),
    );
  }

  const second = await upload(fields);

  expect(second.json.fileId).toBe(first.json.fileId);
  expect(second.json.versionInfo).toMatchObject({ name: 'Version 2' });
  expect(await cloud.buckets.keys(VARIANTS)).toEqual([`${other.slice(1)}a.webp`]);
  expect(cloud.invalidations()).toEqual([[`#${cacheTag('path', '/over.jpg')}`]]);
});

test('neither a first version nor the overwrite of what nobody asked for costs an invalidation', async () => {
  const before = cloud.invalidations().length;
  const fields = { fileName: 'unseen.jpg', useUniqueFileName: 'false' };

  await upload(fields);
  await upload(fields);

  expect(cloud.invalidations().slice(before)).toEqual([]);
});

test('a file behind a URL is uploaded', async () => {
  const server = createServer((_, response) => void response.end(picture)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const { status, json } = await upload({ file: `http://127.0.0.1:${port}/a`, fileName: 'remote.jpg' });
  server.close();

  expect([status, json.width, json.size]).toEqual([200, 40, picture.byteLength]);
});

test('many uploads to one name at once are as many versions', async () => {
  const fields = { fileName: 'crowd.jpg', useUniqueFileName: 'false' };

  const answers = await Promise.all(Array.from({ length: 5 }, () => upload(fields)));

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(new Set(answers.map(({ json }) => json.fileId)).size).toBe(1);
  expect(answers.map(({ json }) => (json.versionInfo as { name: string }).name).sort()).toEqual(
    [1, 2, 3, 4, 5].map((number) => `Version ${number}`),
  );
});

/** Everything but when refused attempts were told last. */
const stored = async () => [
  (await cloud.library.items()).filter(({ pk }) => pk !== 'refused-attempts'),
  await cloud.buckets.keys(ORIGINALS),
];

test.each([
  ['no key', { fileName: 'a.jpg' }, 'none', 401],
  ['another key', { fileName: 'a.jpg' }, basic('private_wrong'), 403],
  ['no file name', {}, undefined, 400],
  ['an empty file', { fileName: 'a.jpg', file: new Blob([]) }, undefined, 400],
  ['a text named as an image', { fileName: 'a.jpg', file: new Blob(['hello']) }, undefined, 400],
  ['a file over the limit', { fileName: 'a.bin', file: new Blob([new Uint8Array(4_500_001)]) }, undefined, 413],
  ['a parameter that is not supported', { fileName: 'a.jpg', extensions: '[{"name":"paint"}]' }, undefined, 400],
  ['a URL into our own network', { fileName: 'a.jpg', file: 'http://169.254.169.254/latest' }, undefined, 400],
] as [string, Fields, string | undefined, number][])(
  '%s is refused in JSON and stores nothing',
  async (_, fields, authorization, expected) => {
    const before = await stored();

    const { status, headers, json, context } = await upload(fields, authorization);

    expect(status).toBe(expected);
    expect(json).toEqual({
      message: expect.stringMatching(/.{10}/),
      help: expect.stringMatching(new RegExp(`^http://localhost:4001/docs#${json.code}$`)),
      code: expect.stringMatching(/^[a-z-]+\.[a-z-]+$/),
    });
    expect(headers).toMatchObject({ 'x-request-id': context.awsRequestId, 'access-control-allow-origin': '*' });
    expect(await stored()).toEqual(before);
  },
);

test('the limit is in the message', async () => {
  const { json } = await upload({ fileName: 'a.bin', file: new Blob([new Uint8Array(4_500_001)]) });

  expect(json.message).toContain('4500000');
});

test.each([
  ['GET', '/nowhere', 404],
  ['GET', UPLOAD_PATHS[0], 405],
  ['OPTIONS', UPLOAD_PATHS[0], 204],
])('%s %s is %i', async (method, path, expected) => {
  const { status, headers, json } = await call(method, path);

  expect(status).toBe(expected);
  expect(headers['access-control-allow-origin']).toBe('*');
  if (expected >= 400) expect(json).toHaveProperty('message');
});

test('a fault is logged without secrets and shows nothing', async () => {
  const lines: object[] = [];
  vi.spyOn(console, 'error').mockImplementation((line: object) => void lines.push(line));
  vi.stubEnv(ENVIRONMENT.credentialsSecret, 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:not-there');
  vi.resetModules();
  const { handler: fresh } = await import('../../lambda/handlers/api.ts');

  const result = await fresh(
    httpApiEvent('POST', UPLOAD_PATHS[0], { headers: { authorization: basic(PRIVATE_KEY) } }),
    lambdaContext(),
  );

  expect(result.statusCode).toBe(500);
  expect(parse(result.body).message).toBe('The request could not be carried out.');
  expect(lines).toMatchObject([{ event: 'api-failed' }]);
  expect(JSON.stringify(lines)).not.toContain(PRIVATE_KEY);
});
