import { createHmac } from 'node:crypto';
import ImageKit, { toFile } from '@imagekit/nodejs';
import { VIEWER_RESPONSE_READINGS } from 'local-cloud';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from './product.ts';

/* What the viewer-response function makes of an answer, whichever request AWS shows it. */
describe.each(VIEWER_RESPONSE_READINGS)('with a viewer-response function that sees the %s request', (reading) => {
  let product: Product;

  beforeAll(async () => {
    product = await startProduct({ args: ['--ephemeral', `--viewer-response-sees=${reading}`] });
    const client = new ImageKit({ privateKey: product.privateKey, baseURL: product.api, maxRetries: 0 });
    const picture = sharp({ create: { width: 600, height: 400, channels: 3, background: 'teal' } }).jpeg();
    const file = await toFile(await picture.toBuffer(), 'a.jpg');
    // The first publication of the keys: a call that changes settings publishes as well.
    const { id } = await call('POST', '/v1/accounts/signing-keys');
    await call('DELETE', `/v1/accounts/signing-keys/${id}`);
    await client.files.upload({ file, fileName: 'a.jpg', useUniqueFileName: false });
  });

  afterAll(() => product?.stop());

  async function call(method: string, route: string): Promise<{ id: string }> {
    const headers = { authorization: `Basic ${btoa(`${product.privateKey}:`)}`, 'content-type': 'application/json' };
    const answer = await fetch(product.api + route, { method, headers, ...(method === 'POST' && { body: '{}' }) });
    return JSON.parse((await answer.text()) || '{}');
  }

  /** Rendered first, then from the cache. */
  async function twice(query: string, headers: Record<string, string> = {}): Promise<Headers[]> {
    const ask = async () => {
      const answer = await fetch(`${product.urlEndpoint}/a.jpg?${query}`, { headers });
      await answer.arrayBuffer();
      expect(answer.status).toBe(200);
      return answer.headers;
    };
    return [await ask(), await ask()];
  }

  it('an answer tells what it depended on', async () => {
    const hints = { 'sec-ch-width': '212', 'sec-ch-dpr': '2' };

    for (const headers of await twice('tr=w-auto', hints)) {
      expect(headers.get('vary')).toContain('Accept, Sec-CH-Width');
      expect(headers.get('content-dpr')).toBe('2.83');
      expect([...headers.keys()].filter((name) => name.startsWith('x-amz-meta'))).toEqual([]);
    }
    for (const headers of await twice('tr=w-21,f-png', hints)) {
      expect(headers.get('vary') ?? '').not.toMatch(/accept\b|sec-ch/i);
      expect(headers.has('content-dpr')).toBe(false);
    }
  });

  it('nobody keeps an answer for longer than its signature holds', async () => {
    const expires = Math.floor(Date.now() / 1000) + 100;
    const text = `a.jpg?tr=w-22${expires}`;
    const signature = createHmac('sha1', product.privateKey).update(text).digest('hex');

    for (const headers of await twice(`tr=w-22&ik-t=${expires}&ik-s=${signature}`)) {
      const lives = [...(headers.get('cache-control') ?? '').matchAll(/max-?age=(\d+)/g)].map(([, life]) =>
        Number(life),
      );
      expect(lives.length).toBeGreaterThan(0);
      expect(Math.max(...lives)).toBeLessThanOrEqual(100);
    }
  });
});
