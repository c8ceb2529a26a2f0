import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import ImageKit7, { toFile } from '@imagekit/nodejs';
import ImageKit6 from 'imagekit';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hmacSha1 } from '../../lambda/core/kernel/url-signature.ts';
import { type Product, startProduct } from './product.ts';

/* Signed URLs of the official SDKs and private files, on the running product, from the moment at which it says that it is ready. */
let product: Product;
let client: ImageKit7;
let old: ImageKit6;

beforeAll(async () => {
  product = await startProduct();
  const { privateKey, urlEndpoint } = product;
  client = new ImageKit7({ privateKey, baseURL: product.api, maxRetries: 0 });
  old = new ImageKit6({ publicKey: 'public_vitrine', privateKey, urlEndpoint });
  await upload('/private/a.jpg', true);
  await upload('/public/a.jpg', false);
});

afterAll(() => product?.stop());

async function upload(path: string, isPrivateFile: boolean, background = 'teal') {
  const [, folder = '', fileName = ''] = /^(.*)\/([^/]+)$/.exec(path) ?? [];
  const picture = sharp({ create: { width: 60, height: 40, channels: 3, background } }).jpeg();
  const file = await toFile(await picture.toBuffer(), fileName);
  return client.files.upload({ file, fileName, folder, isPrivateFile, useUniqueFileName: false });
}

async function call(method: string, route: string, body?: object) {
  const response = await fetch(product.api + route, {
    method,
    headers: { authorization: `Basic ${btoa(`${product.privateKey}:`)}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : undefined };
}

const newKey = async (times: object = {}): Promise<{ id: string; key: string }> =>
  (await call('POST', '/v1/accounts/signing-keys', times)).body;

/** Byte for byte, as no HTTP client may spell it anew. */
function get(url: string, headers: Record<string, string> = {}) {
  const [, host = '', port = '', path = ''] = /^http:\/\/([^:/]+):(\d+)(.*)$/.exec(url) ?? [];
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((done, failed) => {
    const asked = request({ host: host === 'localhost' ? '127.0.0.1' : host, port, path, headers });
    asked.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        done({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('latin1'),
        }),
      );
    });
    asked.on('error', failed).end();
  });
}

const statusOf = async (url: string) => (await get(url)).status;

const signed = (path: string, { key = product.privateKey, query = '', expires = 0 } = {}): string => {
  const text = `${path.slice(1)}${query && `?${query}`}`;
  const items = [query, expires && `ik-t=${expires}`, `ik-s=${hmacSha1(key, text + (expires || 9_999_999_999))}`];
  return `${product.urlEndpoint}${path}?${items.filter(Boolean).join('&')}`;
};

describe('the official SDKs sign, the product delivers', () => {
  const transformation = [{ width: '30', height: '20' }];

  it.each([
    ['6, path', () => old.url({ path: '/private/a.jpg', transformation, signed: true })],
    [
      '6, query',
      () => old.url({ path: '/private/a.jpg', transformation, transformationPosition: 'query', signed: true }),
    ],
    ['6, for a while', () => old.url({ path: '/private/a.jpg', transformation, signed: true, expireSeconds: 300 })],
    ['6, the file itself', () => old.url({ path: '/private/a.jpg', signed: true })],
    ['7, query', () => seven({ transformation: [{ width: 30 }], signed: true })],
    ['7, path', () => seven({ transformation: [{ width: 30 }], transformationPosition: 'path', signed: true })],
    ['7, for a while', () => seven({ transformation: [{ width: 30 }], expiresIn: 300 })],
    ['7, with a query', () => seven({ queryParameters: { v: '123' }, signed: true })],
  ])('SDK %s', async (_, url) => {
    const address = url();

    expect(await get(address)).toMatchObject({ status: 200, headers: { 'content-type': 'image/jpeg' } });
    const unsigned = address.replace(/[?&]ik-(t=\d+&ik-s|s)=[0-9a-f]+$/, '');
    expect(await statusOf(unsigned)).toBe(401);
    expect(await statusOf(address.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')))).toBe(401);
  });

  const seven = (options: object) =>
    client.helper.buildSrc({ urlEndpoint: product.urlEndpoint, src: '/private/a.jpg', ...options });
});

describe('a private file', () => {
  it('is shown to nobody without a signature: no original, no variant, no thumbnail', async () => {
    const queries = ['', '?tr=w-10', '?tr=orig-true', '?tr=n-ik_ml_thumbnail', '?tr=f-png', '?ik-attachment=true'];
    const answers = await Promise.all(queries.map((query) => get(`${product.urlEndpoint}/private/a.jpg${query}`)));

    expect(answers.map(({ status }) => status)).toEqual(queries.map(() => 401));
    expect(new Set(answers.map(({ headers }) => headers['cache-control']))).toEqual(new Set(['no-store']));
  });

  it('is drawn into no picture without a signature', async () => {
    const query = 'tr=l-image,i-private@@a.jpg,w-10,l-end';

    expect(await statusOf(`${product.urlEndpoint}/public/a.jpg?${query}`)).toBe(401);
    expect(await statusOf(signed('/public/a.jpg', { query }))).toBe(200);
  });

  it('is gone from every cache when it was public before the call returned', async () => {
    await upload('/switch/a.jpg', false);
    const base = `${product.urlEndpoint}/switch/a.jpg`;
    const urls = [base, `${base}?tr=w-20`, `${base}?tr=orig-true`];
    for (const url of [...urls, ...urls]) expect(await statusOf(url)).toBe(200);

    await upload('/switch/a.jpg', true, 'red');

    for (const url of urls) expect(await statusOf(url)).toBe(401);
    expect(await statusOf(signed('/switch/a.jpg', { query: 'tr=w-20' }))).toBe(200);
  });
});

describe('every refusal of a signature', () => {
  it('has the same body, says nothing of the rule and is kept by nobody (SIG-020)', async () => {
    const expired = signed('/public/a.jpg', { expires: 1_700_000_000 });
    const urls = [
      expired,
      signed('/public/a.jpg', { key: 'another' }),
      `${product.urlEndpoint}/public/a.jpg?ik-s=AAAA`,
      `${product.urlEndpoint}/private/a.jpg`,
    ];
    const answers = await Promise.all(urls.map((url) => get(url)));

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(answers.every(({ headers }) => headers['cache-control'] === 'no-store')).toBe(true);
  });
});

describe('an expiring URL', () => {
  it('ends to the second, cached or not, and no browser may keep it longer (SIG-022, SIG-027, CACHE-013)', async () => {
    const expires = Math.floor(Date.now() / 1000) + 3;
    const url = signed('/private/a.jpg', { query: 'tr=w-25', expires });

    const first = await get(url);
    const second = await get(url);
    for (const { status, headers } of [first, second]) {
      const lives = [...String(headers['cache-control']).matchAll(/max-?age=(\d+)/g)].map(([, life]) => Number(life));
      expect(status).toBe(200);
      expect(lives.length).toBeGreaterThan(0);
      expect(Math.max(...lives)).toBeLessThanOrEqual(3);
    }
    expect(second.headers['x-cache']).toBe('Hit from cloudfront');
    await pause((expires + 1) * 1000 - Date.now() + 5);

    expect(await statusOf(url)).toBe(401);
    expect((await get(url, { 'if-none-match': String(first.headers.etag) })).status).toBe(401);
    expect((await get(url, { 'if-none-match': '*' })).status).toBe(401);
  });

  it('shares its cache entry with every other signature of the same picture', async () => {
    await get(signed('/private/a.jpg', { query: 'tr=w-26' }));
    const other = await get(
      signed('/private/a.jpg', { query: 'tr=w-26', expires: Math.floor(Date.now() / 1000) + 60 }),
    );

    expect(other.headers['x-cache']).toBe('Hit from cloudfront');
  });
});

describe('a signing key', () => {
  it('signs beside the private key, is seen at work, and stops when it is ended (SIG-029)', async () => {
    const { id, key } = await newKey();
    const url = signed('/private/a.jpg', { key, query: 'tr=w-27' });

    expect(await statusOf(url)).toBe(200);
    expect(await statusOf(signed('/private/a.jpg', { query: 'tr=w-27' }))).toBe(200);
    const uses = async () => {
      const { body } = await call('GET', '/v1/accounts/signing-keys');
      return body.find((listed: { id: string }) => listed.id === id);
    };
    await expect.poll(async () => (await uses())?.lastUsedAt).toBeDefined();
    expect(JSON.stringify(await uses())).not.toContain(key);

    expect((await call('DELETE', `/v1/accounts/signing-keys/${id}`)).status).toBe(204);
    expect(await statusOf(url)).toBe(401);
    expect(await statusOf(signed('/private/a.jpg', { query: 'tr=w-27' }))).toBe(200);
  });

  it('does not sign before it starts, and is made by the private key alone', async () => {
    const { id, key } = await newKey({ startsAt: new Date(Date.now() + 3_600_000).toISOString() });

    expect(await statusOf(signed('/private/a.jpg', { key }))).toBe(401);
    expect((await fetch(`${product.api}/v1/accounts/signing-keys`, { method: 'POST', body: '{}' })).status).toBe(401);
    await call('DELETE', `/v1/accounts/signing-keys/${id}`);
  });

  it('is in no log', async () => {
    const { id, key } = await newKey();
    await get(signed('/private/a.jpg', { key, query: 'tr=w-28' }));
    await call('DELETE', `/v1/accounts/signing-keys/${id}`);

    expect(product.output()).not.toContain(key);
  });
});
