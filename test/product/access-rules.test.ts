import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import ImageKit, { toFile } from '@imagekit/nodejs';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from './product.ts';

/* Block and allow rules and takedowns, by one call each, on the running product. */
let product: Product;
let path: string;
let fileId: string;

beforeAll(async () => {
  product = await startProduct({ environment: { VITRINE_VIEWER_COUNTRY: 'DE' } });
  const client = new ImageKit({ privateKey: product.privateKey, baseURL: product.api });
  const picture = sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } }).jpeg();
  const file = await toFile(await picture.toBuffer(), 'a.jpg');
  const answer = await client.files.upload({ file, fileName: 'a.jpg', folder: '/shop', useUniqueFileName: false });
  path = answer.filePath ?? '';
  fileId = answer.fileId ?? '';
});

afterAll(() => product?.stop());

interface Asking {
  readonly path?: string;
  readonly from?: string;
  readonly headers?: Record<string, string>;
}

/** A request from an address of this machine, byte for byte as given. */
function get(asking: Asking = {}): Promise<{ status: number; headers: Record<string, string | string[] | undefined> }> {
  const { port } = new URL(product.media);
  return new Promise((done, failed) => {
    const asked = request({
      host: '127.0.0.1',
      port,
      path: asking.path ?? path,
      localAddress: asking.from ?? '127.0.0.1',
      headers: asking.headers ?? {},
    });
    asked.on('response', (response) => {
      response.resume().on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    asked.on('error', failed).end();
  });
}

const statusOf = async (asking?: Asking): Promise<number> => (await get(asking)).status;

async function call(method: string, route: string, body?: object) {
  const response = await fetch(product.api + route, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${product.privateKey}:`).toString('base64')}`,
      'content-type': 'application/json',
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text ? (JSON.parse(text) as Record<string, unknown>) : undefined };
}

/** Makes a rule, lets something be seen while it holds, and takes it back. */
async function whileRule(rule: object, look: () => Promise<void>): Promise<void> {
  const made = await call('POST', '/v1/accounts/rules', { effect: 'block', reason: 'test', ...rule });
  expect(made).toMatchObject({ status: 201, body: { status: 'spreading', author: 'private key' } });
  try {
    await look();
  } finally {
    const { status } = await call('DELETE', `/v1/accounts/rules/${made.body?.id}`);
    expect(status).toBe(204);
  }
}

const SPOOFED = {
  'x-forwarded-for': '198.51.100.1',
  'x-real-ip': '198.51.100.1',
  'cloudfront-viewer-address': '198.51.100.1:1',
  forwarded: 'for=198.51.100.1',
};

describe('one call refuses, and one call ends it', () => {
  it('an address, which no header can deny (ACL-005)', async () => {
    await whileRule({ match: { type: 'ip', values: ['127.0.0.2'] } }, async () => {
      expect(await statusOf({ from: '127.0.0.2' })).toBe(403);
      expect(await statusOf({ from: '127.0.0.2', headers: SPOOFED })).toBe(403);
      expect(await statusOf({ headers: { 'x-forwarded-for': '127.0.0.2' } })).toBe(200);
    });
    expect(await statusOf({ from: '127.0.0.2' })).toBe(200);
  });

  it('everybody but allowed addresses', async () => {
    await whileRule({ effect: 'allow', match: { type: 'ip', values: ['127.0.0.4/30'] } }, async () => {
      expect(
        await Promise.all(['127.0.0.3', '127.0.0.4', '127.0.0.7', '127.0.0.8'].map((from) => statusOf({ from }))),
      ).toEqual([403, 200, 200, 403]);
    });
    expect(await statusOf()).toBe(200);
  });

  it('an address of one endpoint, decided by the edge function', async () => {
    await whileRule({ scope: 'default', match: { type: 'ip', values: ['127.0.0.2'] } }, async () => {
      expect(await statusOf({ from: '127.0.0.2', headers: SPOOFED })).toBe(403);
      expect(await statusOf()).toBe(200);
    });
  });

  it('a country, whatever the client claims (ACL-010)', async () => {
    const claims = { 'CloudFront-Viewer-Country': 'FR' };
    await whileRule({ match: { type: 'country', values: ['DE'] } }, async () => {
      expect(await statusOf()).toBe(403);
      expect(await statusOf({ headers: claims })).toBe(403);
    });
    await whileRule({ scope: 'default', effect: 'allow', match: { type: 'country', values: ['FR'] } }, async () => {
      expect(await statusOf({ headers: claims })).toBe(403);
    });
    await whileRule({ scope: 'default', effect: 'allow', match: { type: 'country', values: ['DE'] } }, async () => {
      expect(await statusOf({ headers: claims })).toBe(200);
    });
  });

  it('referrers, with their policy for none (ACL-009)', async () => {
    const match = { type: 'referrer', values: ['shop.example', '*.shop.example'], withoutReferrer: 'block' };
    await whileRule({ effect: 'allow', match }, async () => {
      const from = (referer?: string) => statusOf({ headers: referer === undefined ? {} : { referer } });

      expect(await Promise.all(['https://shop.example/x', 'https://WWW.shop.example:444'].map(from))).toEqual([
        200, 200,
      ]);
      expect(
        await Promise.all(
          [undefined, 'null', '::', 'https://evil-shop.example/', 'https://shop.example@evil.example/'].map(from),
        ),
      ).toEqual([403, 403, 403, 403, 403]);
    });
  });

  it('a URL pattern in every spelling, also what was cached (ACL-012)', async () => {
    expect([await statusOf(), await statusOf()]).toEqual([200, 200]);
    await whileRule({ match: { type: 'urlPattern', values: ['/shop/*.jpg'] } }, async () => {
      const spellings = [
        '/shop/a.jpg',
        '//SHOP//a.JPG',
        '/sh%6Fp/a.jpg',
        '/tr:w-9/shop/a.jpg',
        '/shop/a.jpg?x=1',
        '/shop/a.jpg.',
      ];
      expect(await Promise.all(spellings.map((one) => statusOf({ path: one })))).toEqual(spellings.map(() => 403));
      const { headers } = await get();
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'ik-error': expect.stringMatching(/^EACCES/) });
    });
    expect(await statusOf()).toBe(200);
  });
});

it('a rule ends by itself, to the second', async () => {
  const endsAt = new Date(Date.now() + 3000).toISOString();
  const made = await call('POST', '/v1/accounts/rules', {
    ...{ effect: 'block', reason: 'a while', endsAt },
    match: { type: 'urlPattern', values: ['/shop/**'] },
  });
  expect(await statusOf()).toBe(403);

  await pause(Date.parse(endsAt) + 1000 - Date.now());

  expect(await statusOf()).toBe(200);
  const listed = await call('GET', '/v1/accounts/rules');
  expect(listed.body).toEqual([expect.objectContaining({ id: made.body?.id, reason: 'a while' })]);
});

it('a takedown is 451 for the original and every variant, survives an overwrite, and can be lifted', async () => {
  const variants = [path, `/tr:w-10${path}`, `${path}?tr=orig-true`, `/tr:w-10,f-png${path}`];
  const all = () => Promise.all(variants.map((one) => statusOf({ path: one })));
  expect(await all()).toEqual([200, 200, 200, 200]);

  const taken = await call('POST', `/v1/files/${fileId}/takedown`, { reason: 'copyright', reference: 'case 7' });

  expect(taken).toMatchObject({
    status: 201,
    body: { fileId, filePath: path, reason: 'copyright', reference: 'case 7' },
  });
  expect(await all()).toEqual([451, 451, 451, 451]);
  expect((await get()).headers).toMatchObject({
    link: expect.stringContaining('rel="blocked-by"'),
    'cache-control': 'no-store',
  });
  const client = new ImageKit({ privateKey: product.privateKey, baseURL: product.api });
  const other = sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } }).jpeg();
  const file = await toFile(await other.toBuffer(), 'a.jpg');
  await client.files.upload({
    file,
    fileName: 'a.jpg',
    folder: '/shop',
    useUniqueFileName: false,
    overwriteFile: true,
  });
  expect(await all()).toEqual([451, 451, 451, 451]);

  expect((await call('DELETE', `/v1/files/${fileId}/takedown`)).status).toBe(204);
  expect(await all()).toEqual([200, 200, 200, 200]);
});

it('nobody makes or reads rules without the private key', async () => {
  const without = await fetch(`${product.api}/v1/accounts/rules`);
  const wrong = await fetch(`${product.api}/v1/files/${fileId}/takedown`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from('wrong:').toString('base64')}` },
    body: '{"reason":"x"}',
  });

  expect([without.status, wrong.status]).toEqual([401, 403]);
});
