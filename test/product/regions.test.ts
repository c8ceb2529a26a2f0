import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { failover } from '../../cli/failover/failover.ts';
import { cookiesOfFirstOwner } from './first-owner.ts';
import { placesWith } from './places-with.ts';
import { type Product, startProduct } from './product.ts';

/* Two regions on one machine: each has its own API, library, buckets and transformer. The first one is home. */
const HOME = 'eu-west-1';
const AWAY = 'us-west-2';

let product: Product;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-regions-'));
  cutOff();
  const faults = join(folder, 'faults.json');
  product = await startProduct({ args: ['--ephemeral', '--faults', faults, '--regions', `${HOME},${AWAY}`] });
});

afterAll(async () => {
  await product?.stop();
  rmSync(folder, { recursive: true });
});

/** From now on nobody reaches these regions, and every other one is there again. */
function cutOff(...cut: string[]): void {
  writeFileSync(join(folder, 'faults.json'), JSON.stringify({ faults: [], cut }));
}

const log = () => readFileSync(/Log +(\S+)/.exec(product.output())?.[1] ?? '', 'utf8');

/** A call of a region's API with the private key. */
async function call(region: string, path: string, body?: object | FormData): Promise<Record<string, string>> {
  const authorization = `Basic ${Buffer.from(`${product.privateKey}:`).toString('base64')}`;
  const isForm = body instanceof FormData;
  const answer = await fetch(product.apis[region] + path, {
    method: body ? 'POST' : 'GET',
    headers: { authorization, ...(body && !isForm && { 'content-type': 'application/json' }) },
    ...(body && { body: isForm ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} in ${region}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : {};
}

async function upload(region: string, fileName: string, isPrivate = false): Promise<Record<string, string>> {
  const picture = await sharp({ create: { width: 80, height: 60, channels: 3, background: 'navy' } })
    .png()
    .toBuffer();
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(picture)]), fileName);
  form.set('fileName', fileName);
  form.set('useUniqueFileName', 'false');
  form.set('isPrivateFile', String(isPrivate));
  return call(region, '/api/v1/files/upload', form);
}

const statusOf = async (url: string) => {
  const answer = await fetch(url);
  await answer.arrayBuffer();
  return answer.status;
};

it('a file of an endpoint of another region is delivered from there, and is in no other region (AUTHZ-013)', async () => {
  const made = await call(HOME, '/v1/accounts/url-endpoints', {
    description: 'West',
    urlPrefix: 'west',
    region: AWAY,
  });
  expect(made.region).toBe(AWAY);

  const { url = '', fileId } = await upload(AWAY, 'pier.png');

  expect(url.replace(/\?.*/, '')).toBe(`${product.media}/west/pier.png`);
  const answer = await fetch(`${product.media}/west/pier.png?tr=w-40`);
  expect([answer.status, (await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).width]).toEqual([200, 40]);
  expect(await statusOf(`${product.media}/pier.png?tr=w-40`)).toBe(404);
  await expect(call(HOME, `/v1/files/${fileId}/details`)).rejects.toThrow(' 404 ');
});

it('each region knows its own files, under the same path', async () => {
  await upload(HOME, 'harbour.png');

  expect(await statusOf(`${product.media}/harbour.png?tr=w-20`)).toBe(200);
  expect(await statusOf(`${product.media}/west/harbour.png?tr=w-20`)).toBe(404);
});

it('a canary that was uploaded, delivered and found in one region is in no bucket and no table of another one (REG-001)', async () => {
  const canary = `canary${Date.now()}`;
  const { fileId = '' } = await upload(AWAY, `${canary}.png`, true);
  const { url = '' } = await call(AWAY, `/v1/files/${fileId}/signed-url`, { expiresIn: 600, transformation: 'w-19' });
  expect(await statusOf(url)).toBe(200);
  const search = () => call(AWAY, `/v1/files?searchQuery=${encodeURIComponent(`name = "${canary}.png"`)}`);
  await expect.poll(search, { timeout: 30_000, interval: 500 }).toHaveLength(1);

  for (const text of [canary, fileId]) {
    const places = await placesWith(text, product);
    expect(places.length).toBeGreaterThan(1);
    expect(places.filter((name) => !name.includes(AWAY))).toEqual([]);
  }
});

it('signatures of the one key pair hold in every region', async () => {
  const { url = '', fileId } = await upload(AWAY, 'secret.png', true);
  expect(await statusOf(`${url.replace(/\?.*/, '')}?tr=w-20`)).toBe(401);

  const signed = await call(AWAY, `/v1/files/${fileId}/signed-url`, { expiresIn: 600, transformation: 'w-20' });

  expect(await statusOf(signed.url ?? '')).toBe(200);
});

it('a setting that is made in one region holds in all', async () => {
  await call(AWAY, '/v1/named-transformations', { name: 'small', transformation: 'w-30' });

  expect(await statusOf(`${product.media}/west/pier.png?tr=n-small`)).toBe(200);
  expect(await statusOf(`${product.media}/harbour.png?tr=n-small`)).toBe(200);
});

it('of two changes at once in two regions one holds, and the other is refused (EVT-013)', async () => {
  const make = (region: string) =>
    call(region, '/v1/accounts/url-endpoints', { description: region, urlPrefix: 'contested' });

  const made = await Promise.allSettled([make(HOME), make(AWAY)]);

  expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const [refused] = made.filter((one) => one.status === 'rejected');
  expect(String(refused?.reason)).toContain(' 409 ');
});

it('what a URL means is answered by the API of its region', async () => {
  const url = encodeURIComponent(`${product.media}/west/pier.png?tr=w-40`);

  await expect(call(HOME, `/v1/explain?url=${url}`)).rejects.toThrow('ask the API there');
  expect(await call(AWAY, `/v1/explain?url=${url}`)).toBeTruthy();
});

it('a session holds in every region, and has ended in every one with the next call', async () => {
  const cookie = await cookiesOfFirstOwner(product);
  const ask = (region: string, method = 'GET') =>
    fetch(`${product.apis[region]}/v1/people/me/sessions`, {
      method,
      headers: { cookie, 'x-vitrine': '1', 'sec-fetch-site': 'same-origin' },
    }).then(({ status }) => status);
  expect([await ask(HOME), await ask(AWAY)]).toEqual([200, 200]);

  expect(await ask(HOME, 'DELETE')).toBe(204);

  expect([await ask(AWAY), await ask(HOME)]).toEqual([401, 401]);
});

it('while home is cut off, cold renders of other regions go on by the settings that home had last', async () => {
  const known = log().length;
  await call(HOME, '/v1/named-transformations', { name: 'tiny', transformation: 'w-10' });
  await expect.poll(() => log().slice(known), { timeout: 90_000, interval: 1000 }).toContain('settings-kept');
  cutOff(HOME);

  expect(await statusOf(`${product.media}/west/pier.png?tr=w-11`)).toBe(200);
  expect(await statusOf(`${product.media}/west/pier.png?tr=n-tiny,h-11`)).toBe(200);
  expect(await statusOf(`${product.media}/harbour.png?tr=w-11`)).toBe(502);

  cutOff();
  expect(await statusOf(`${product.media}/harbour.png?tr=w-12`)).toBe(200);
}, 120_000);

it('while another region is cut off, home goes on', async () => {
  cutOff(AWAY);

  expect(await statusOf(`${product.media}/harbour.png?tr=w-13`)).toBe(200);
  expect(await statusOf(`${product.media}/west/pier.png?tr=w-13`)).toBe(502);

  cutOff();
  expect(await statusOf(`${product.media}/west/pier.png?tr=w-14`)).toBe(200);
});

it('a region that an operator declares down is answered for at once, until its end or until it is there again (REG-003)', async () => {
  cutOff(AWAY);
  process.env.VITRINE_API = product.api;
  process.env.VITRINE_PRIVATE_KEY = product.privateKey;
  let printed = '';
  const say = (text: string) => {
    printed += text;
  };

  expect(await failover(['begin', AWAY, '--reason', 'It is cut off', '--minutes', '5'], say)).toBe(0);

  const answer = await fetch(`${product.media}/west/pier.png?tr=w-15`);
  expect([answer.status, answer.headers.get('retry-after'), answer.headers.get('cache-control')]).toEqual([
    503,
    '60',
    'no-store',
  ]);
  expect(await statusOf(`${product.media}/west/pier.png?tr=w-40`)).toBe(503);
  expect(await statusOf(`${product.media}/harbour.png?tr=w-15`)).toBe(200);
  expect(await failover(['list'], say)).toBe(0);
  // A change of settings is published meanwhile, and leaves it alone.
  await call(HOME, '/v1/accounts/url-endpoints', { description: 'Other', urlPrefix: 'other' });
  expect(await statusOf(`${product.media}/west/pier.png?tr=w-15`)).toBe(503);

  cutOff();
  expect(await failover(['end', AWAY], say)).toBe(0);
  expect(await statusOf(`${product.media}/west/pier.png?tr=w-15`)).toBe(200);
  expect(printed.match(/us-west-2 is declared down until/g)).toHaveLength(2);
});

it('home is declared down by another region while it is cut off', async () => {
  cutOff(HOME);
  const begun = await call(AWAY, '/v1/accounts/failovers', { region: HOME, minutes: 5, reason: 'It is cut off' });

  expect(begun.region).toBe(HOME);
  expect(await statusOf(`${product.media}/harbour.png?tr=w-16`)).toBe(503);
  expect(await statusOf(`${product.media}/west/pier.png?tr=w-16`)).toBe(200);
  cutOff();
});
