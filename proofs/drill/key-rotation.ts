import ImageKit from '@imagekit/nodejs';
import { expect } from 'vitest';
import type { Product } from '../../test/product/product.ts';
import { waitUntil } from '../wait-until.ts';

/** Milliseconds. */
export interface KeyRotationTimes {
  /** From the call that makes a key until a URL that it signed is delivered. */
  readonly toSign: number;
  /** From the call that ends a key until a URL that it signed is refused. */
  readonly toEnd: number;
}

const PATH = '/drill/secret.txt';

/** A key that signs URLs takes the place of another one, and no URL of the new one is refused meanwhile. */
export async function rotateKey(product: Product): Promise<KeyRotationTimes> {
  const client = new ImageKit({ privateKey: product.privateKey, baseURL: product.api });
  const file = Buffer.from('A drill').toString('base64');
  const place = { fileName: 'secret.txt', folder: '/drill', useUniqueFileName: false, isPrivateFile: true };
  await client.files.upload({ file, ...place });
  const old = await makeKey(product);
  await waitUntil('the first key signs', async () => (await statusOf(signed(product, old.key))) === 200, 60);
  const began = performance.now();
  const next = await makeKey(product);
  await waitUntil('the next key signs', async () => (await statusOf(signed(product, next.key))) === 200, 60);
  const toSign = performance.now() - began;
  expect(await statusOf(signed(product, old.key))).toBe(200);
  const ended = performance.now();
  await call(product, 'DELETE', `/v1/accounts/signing-keys/${old.id}`);
  await waitUntil('the first key has ended', async () => (await statusOf(signed(product, old.key))) === 401, 60);
  const toEnd = performance.now() - ended;
  expect(await statusOf(signed(product, next.key))).toBe(200);
  return { toSign: Math.round(toSign), toEnd: Math.round(toEnd) };
}

const makeKey = async (product: Product): Promise<{ id: string; key: string }> =>
  (await (await call(product, 'POST', '/v1/accounts/signing-keys', {})).json()) as { id: string; key: string };

/** Each URL is another one: none is answered from what a cache has of the one before. */
let spellings = 0;

function signed({ urlEndpoint }: Product, key: string): string {
  const queryParameters = { drill: String(spellings++) };
  const sdk = new ImageKit({ privateKey: key });
  return sdk.helper.buildSrc({ urlEndpoint, src: PATH, signed: true, queryParameters });
}

async function statusOf(url: string): Promise<number> {
  const answer = await fetch(url);
  await answer.arrayBuffer();
  return answer.status;
}

async function call({ api, privateKey }: Product, method: string, route: string, body?: object): Promise<Response> {
  const headers = { authorization: `Basic ${btoa(`${privateKey}:`)}`, 'content-type': 'application/json' };
  const answer = await fetch(api + route, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error(`${method} ${route}: ${answer.status}`);
  return answer;
}
