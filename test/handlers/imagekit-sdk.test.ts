import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import ImageKit, { toFile } from '@imagekit/nodejs';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CloudFixture } from './cloud-fixture.ts';
import { PRIVATE_KEY, startCloudFixture } from './cloud-fixture.ts';
import { httpApiEvent, lambdaContext } from './events.ts';

/* The official SDK, unchanged, against the API function behind a plain server. */
let cloud: CloudFixture;
let server: Server;
let baseURL: string;
let picture: Buffer;

beforeAll(async () => {
  cloud = await startCloudFixture();
  const { handler } = await import('../../lambda/handlers/api.ts');
  server = serve(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
});

afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await cloud?.close();
});

function serve(
  handler: (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>,
): Server {
  return createServer(async (request, response) => {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const [path = '', query = ''] = (request.url ?? '').split('?');
    const event = httpApiEvent(request.method ?? '', path, { query, headers, body: await buffer(request) });
    const result = await handler(event, lambdaContext());
    response.writeHead(result.statusCode ?? 200, result.headers as Record<string, string>).end(result.body);
  });
}

const client = (privateKey = PRIVATE_KEY) => new ImageKit({ privateKey, baseURL, maxRetries: 0 });

test('the SDK uploads bytes and reads the answer', async () => {
  const answer = await client().files.upload({
    file: await toFile(picture, 'p.png'),
    fileName: 'sdk.png',
    folder: '/sdk',
    tags: ['a', 'b'],
    useUniqueFileName: false,
    responseFields: ['tags', 'isPrivateFile'],
  });

  expect(answer).toMatchObject({
    filePath: '/sdk/sdk.png',
    width: 40,
    height: 30,
    tags: ['a', 'b'],
    fileType: 'image',
  });
});

test('the SDK uploads base64', async () => {
  const answer = await client().files.upload({ file: picture.toString('base64'), fileName: 'b.png' });

  expect(answer.size).toBe(picture.byteLength);
});

test('the SDK tells a wrong key and a wrong parameter apart', async () => {
  const file = picture.toString('base64');

  await expect(client('private_wrong').files.upload({ file, fileName: 'a.png' })).rejects.toBeInstanceOf(
    ImageKit.PermissionDeniedError,
  );
  await expect(client().files.upload({ file, fileName: '..' })).rejects.toBeInstanceOf(ImageKit.BadRequestError);
});
