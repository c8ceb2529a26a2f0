import ImageKitNode from '@imagekit/nodejs';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import ImageKit6 from 'imagekit';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UPLOAD_PATHS, UPLOAD_V2_PATH } from '../../lambda/contract/routes.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { PRIVATE_KEY, PUBLIC_KEY, startCloudFixture } from './cloud-fixture.ts';
import { httpApiEvent, lambdaContext } from './events.ts';

let cloud: CloudFixture;
let handler: (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

beforeAll(async () => {
  cloud = await startCloudFixture();
  ({ handler } = await import('../../lambda/handlers/api.ts'));
});

afterAll(() => cloud?.close());

const BROWSER = { origin: 'https://shop.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' };
const PIXEL = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

async function upload(
  fields: Readonly<Record<string, string | number>>,
  { path = UPLOAD_PATHS[0] as string, headers = BROWSER as Readonly<Record<string, string>> } = {},
) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ file: PIXEL, fileName: 'a.gif', ...fields }))
    form.append(name, `${value}`);
  const request = new Request('https://x.invalid', { method: 'POST', body: form });
  const event = httpApiEvent('POST', path, {
    headers: { ...Object.fromEntries(request.headers), ...headers },
    body: Buffer.from(await request.arrayBuffer()),
  });
  const { statusCode, body, headers: answered } = await handler(event, lambdaContext());
  return { status: statusCode, headers: answered, json: JSON.parse(body ?? '{}') as Record<string, unknown> };
}

const byNode7 = () => ({
  ...new ImageKitNode({ privateKey: PRIVATE_KEY }).helper.getAuthenticationParameters(),
  publicKey: PUBLIC_KEY,
});

const byNode6 = () => ({
  ...new ImageKit6({
    publicKey: PUBLIC_KEY,
    privateKey: PRIVATE_KEY,
    urlEndpoint: 'https://media.example.com',
  }).getAuthenticationParameters(),
  publicKey: PUBLIC_KEY,
});

const byToken = (claims: Readonly<Record<string, string>>) => {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ ...claims, iat: now, exp: now + 600 })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: PUBLIC_KEY })
    .sign(new TextEncoder().encode(PRIVATE_KEY));
};

describe('a browser without a key uploads', () => {
  it.each([
    ['@imagekit/nodejs 7', byNode7],
    ['imagekit 6', byNode6],
  ])('with the parameters that %s signs', async (_, sign) => {
    const { status, json, headers } = await upload(sign());

    expect([status, json.fileType]).toEqual([200, 'image']);
    expect(headers).toMatchObject({ 'access-control-allow-origin': '*' });
  });

  it('with a token that signs the whole form', async () => {
    const token = await byToken({ fileName: 'a.gif', folder: '/in' });
    const { status, json } = await upload({ token, folder: '/in' }, { path: UPLOAD_V2_PATH });

    expect([status, json.filePath]).toEqual([200, expect.stringMatching(/^\/in\//)]);
  });
});

describe('a signed form is refused', () => {
  it('the second time, and after a failed first time', async () => {
    const once = byNode7();
    const failed = byNode7();

    expect((await upload(once)).status).toBe(200);
    expect(await upload(once)).toMatchObject({ status: 400, json: { code: 'upload.ticket-used' } });
    expect(await upload({ ...failed, tags: '%' })).toMatchObject({
      status: 400,
      json: { code: 'upload.invalid-parameter' },
    });
    expect(await upload(failed)).toMatchObject({ status: 400, json: { code: 'upload.ticket-used' } });
  });

  it('with a token for another form', async () => {
    const token = await byToken({ fileName: 'a.gif' });
    const answer = await upload({ token, folder: '/elsewhere' }, { path: UPLOAD_V2_PATH });

    expect(answer).toMatchObject({ status: 400, json: { code: 'upload.signature' } });
  });

  it('beside the private key', async () => {
    const authorization = `Basic ${Buffer.from(`${PRIVATE_KEY}:`).toString('base64')}`;

    expect(await upload(byNode7(), { headers: { authorization } })).toMatchObject({
      status: 400,
      json: { code: 'upload.signature' },
    });
  });

  it('when it is changed, and never with the advice to send the private key', async () => {
    const { status, json } = await upload({ ...byNode7(), expire: 1 });
    const unsigned = await upload({});

    expect([status, json.code]).toEqual([400, 'upload.signature']);
    expect([unsigned.status, unsigned.json.code]).toEqual([401, 'key.missing']);
    for (const { message } of [json, unsigned.json]) expect(message).not.toMatch(/private/i);
  });
});
