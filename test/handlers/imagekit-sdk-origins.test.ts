import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import ImageKit from '@imagekit/nodejs';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { CloudFixture } from './cloud-fixture.ts';
import { PRIVATE_KEY, startCloudFixture } from './cloud-fixture.ts';
import { httpApiEvent, lambdaContext } from './events.ts';

/* The official SDK, unchanged, against the API function behind a plain server. */
const CANARY = 'CANARY0secret0CANARY';
const PEM = `-----BEGIN PRIVATE KEY-----\n${CANARY}\n-----END PRIVATE KEY-----\n`;
type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

let cloud: CloudFixture;
let server: Server;
let baseURL: string;
/** Every body that was answered, and every line that was logged. */
const seen: string[] = [];

beforeAll(async () => {
  cloud = await startCloudFixture();
  const { handler } = await import('../../lambda/handlers/api.ts');
  server = serve(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

beforeEach(() => {
  for (const level of ['log', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((...line) => void seen.push(line.join(' ')));
  }
});

afterEach(() => vi.restoreAllMocks());

afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await cloud?.close();
});

function serve(handler: Handler): Server {
  return createServer(async (request, response) => {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const [path = '', query = ''] = (request.url ?? '').split('?');
    const event = httpApiEvent(request.method ?? '', path, { query, headers, body: await buffer(request) });
    const result = await handler(event, lambdaContext());
    seen.push(`${result.statusCode} ${result.body}`);
    response.writeHead(result.statusCode ?? 200, result.headers as Record<string, string>).end(result.body);
  });
}

const origins = (privateKey = PRIVATE_KEY) => new ImageKit({ privateKey, baseURL, maxRetries: 0 }).accounts.origins;

const S3 = {
  type: 'S3',
  name: 'US S3 Storage',
  bucket: 'product-images',
  accessKey: 'AKIAIOSFODNN7EXAMPLE',
  secretKey: CANARY,
} as const;

const BODIES = [
  S3,
  { ...S3, type: 'S3_COMPATIBLE', endpoint: 'https://s3.eu-central-1.example.com', s3ForcePathStyle: true },
  { type: 'WEB_FOLDER', name: 'Web', baseUrl: 'https://images.example.com/media' },
  { type: 'WEB_PROXY', name: 'Proxy' },
  { type: 'GCS', name: 'GCS', bucket: 'bucket', clientEmail: 'a@b.iam.gserviceaccount.com', privateKey: PEM },
  { type: 'AZURE_BLOB', name: 'Azure', accountName: 'account', container: 'pictures', sasToken: `sig=${CANARY}` },
] as const satisfies readonly ImageKit.Accounts.OriginCreateParams[];

test.each(BODIES)('the SDK creates, reads, changes and deletes an origin of type $type', async (body) => {
  const created = await origins().create(body);
  expect(created).toMatchObject({ type: body.type, name: body.name, includeCanonicalHeader: false });
  expect(created.id).toMatch(/^[0-9a-f]{24}$/);

  expect(await origins().get(created.id)).toEqual(created);
  expect(await origins().list()).toEqual([created]);
  const changed = await origins().update(created.id, { ...body, name: 'Changed' });
  expect(changed).toEqual({ ...created, name: 'Changed' });
  await expect(origins().delete(created.id)).resolves.toBeFalsy();
  expect(await origins().list()).toEqual([]);
  await expect(origins().get(created.id)).rejects.toBeInstanceOf(ImageKit.NotFoundError);
});

test('what is created is answered with 201, what is deleted with 204', async () => {
  const { response, data } = await origins().create(S3).withResponse();
  const { response: gone } = await origins().delete(data.id).withResponse();

  expect([response.status, gone.status]).toEqual([201, 204]);
});

test('an origin with a role says which external id its trust policy has to ask for', async () => {
  const roleArn = 'arn:aws:iam::123456789012:role/vitrine-origin-products';
  const body = { ...S3, accessKey: '', secretKey: '', useIAMRole: true, roleArn };
  const created = await origins().create(body);

  expect(created).toMatchObject({ useIAMRole: true, roleArn, externalId: created.id });
  await origins().delete(created.id);
});

test('an origin that an endpoint uses stays, and the answer names the endpoint', async () => {
  const { id } = await origins().create(S3);
  const { urlEndpoints } = new ImageKit({ privateKey: PRIVATE_KEY, baseURL, maxRetries: 0 }).accounts;
  const endpoint = await urlEndpoints.create({ description: 'Shop', urlPrefix: 'shop', origins: [id as string] });

  await expect(origins().delete(id as string)).rejects.toMatchObject({
    status: 409,
    message: expect.stringContaining(endpoint.id),
  });
  await urlEndpoints.delete(endpoint.id);
  await origins().delete(id);
});

test.each(['CLOUDINARY_BACKUP', 'AKENEO_PIM'] as const)('%s is refused by name', async (type) => {
  await expect(origins().create({ ...S3, type } as never)).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining(type),
  });
});

test('a wrong key sees nothing', async () => {
  await expect(origins('private_wrong').list()).rejects.toBeInstanceOf(ImageKit.PermissionDeniedError);
  const { status } = await fetch(`${baseURL}/v1/accounts/origins`);
  expect(status).toBe(401);
});

test('no credential is in the table, an answer or a log line, whatever went wrong', async () => {
  const created = await Promise.all(BODIES.map((body) => origins().create(body)));
  await origins()
    .create({ ...S3, bucket: '..' })
    .catch(() => undefined);
  await origins()
    .update(created[0]?.id ?? '', { ...S3, secretKey: CANARY.repeat(300) })
    .catch(() => undefined);

  const items = JSON.stringify(await cloud.library.items());
  expect(items).toContain('product-images');
  expect(seen.length).toBeGreaterThan(20);
  for (const text of [items, ...seen]) {
    for (const secret of [CANARY, Buffer.from(CANARY).toString('base64').slice(0, 20), 'AKIAIOSFODNN7EXAMPLE']) {
      expect(text).not.toContain(secret);
    }
  }
});
