import ImageKit from '@imagekit/nodejs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Product, startProduct } from './product.ts';

/* The wiring of the templates: stream, queue and functions run as they are synthesized. What is sent is tried in test/handlers. */
let product: Product;

beforeAll(async () => {
  product = await startProduct();
});

afterAll(() => product?.stop());

async function call<T>(method: string, path: string, json?: object): Promise<T> {
  const response = await fetch(`${product.api}${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${product.privateKey}:`).toString('base64')}`,
      ...(json && { 'content-type': 'application/json' }),
    },
    body: json ? JSON.stringify(json) : null,
  });
  expect(response.ok).toBe(true);
  return (await response.json()) as T;
}

it('a change becomes a message, and one to a private address is never sent', async () => {
  const url = 'https://10.0.0.1/hook';
  // Samples are uploaded, and none is deleted.
  const { id } = await call<{ id: string }>('POST', '/v1/accounts/webhooks', { url, events: ['file.deleted'] });
  const client = new ImageKit({ privateKey: product.privateKey, baseURL: product.api, maxRetries: 0 });
  const { fileId = '' } = await client.files.upload({ file: 'dGV4dA==', fileName: 'a.txt' });
  await client.files.delete(fileId);

  const deliveries = () => call<object[]>('GET', `/v1/accounts/webhooks/${id}/deliveries`);
  await vi.waitFor(async () => expect(await deliveries()).toHaveLength(1), { timeout: 20_000, interval: 100 });
  expect(await deliveries()).toMatchObject([
    {
      ...{ state: 'failed', attempts: 1, type: 'file.deleted' },
      lastError: 'The URL does not lead to a public address at an ordinary port.',
    },
  ]);
});
