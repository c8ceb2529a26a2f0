import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { synthesizeApp } from '../../local/synthesize-app.ts';
import { type Product, startProduct } from '../product/product.ts';
import { startChromium } from './chromium.ts';
import { asProgram } from './dashboard/as-program.ts';
import { signInFirstOwner } from './dashboard/signed-in-browser.ts';

/* A deployment whose owner lets the library fetch from addresses of their own network, among them this machine's. */

const ROOT = join(import.meta.dirname, '../..');

const DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/></svg>';

/** Another configuration is another assembly, which is made once. */
const SYNTHESIS = 600_000;

let product: Product;
let browser: Browser;
let page: Page;
let shop: Server;

beforeAll(async () => {
  shop = createServer(({ url }, response) => {
    if (url !== '/drawings/square.svg') return response.writeHead(404).end();
    return response.setHeader('content-type', 'image/svg+xml').end(DRAWING);
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  const assembly = await synthesizeApp(ROOT, { remoteUploadAllow: ['127.0.0.1/32'] });
  [product, browser] = await Promise.all([
    startProduct({ args: ['--ephemeral', '--assembly', assembly] }),
    startChromium(),
  ]);
  ({ page } = await signInFirstOwner(product, browser));
}, SYNTHESIS);

afterAll(async () => {
  await browser?.close();
  await product?.stop();
  shop?.close();
});

it('a file that the library fetches from its URL arrives, and one that is not there is named with the reason', async () => {
  const { port } = shop.address() as AddressInfo;
  const address = (name: string) => `http://127.0.0.1:${port}/drawings/${name}`;
  await page.goto(`${product.api}/dashboard/?path=/fetched`);
  await page.getByRole('button', { name: 'Other ways to upload' }).click();
  await page.getByRole('button', { name: 'From URLs…' }).click();
  await page.getByLabel('URLs', { exact: true }).fill(`${address('square.svg')}\n${address('missing.svg')}`);
  await page.getByRole('dialog').getByRole('button', { name: 'Upload' }).click();
  const queue = page.getByRole('region', { name: 'Uploads' });
  await queue.getByText('404').waitFor();
  await page.getByRole('gridcell', { name: /^square\.svg/ }).waitFor();
  const [file, ...others] = await asProgram(product).call<{ name: string; size: number; url: string }[]>(
    'GET',
    '/v1/files?path=/fetched&type=file',
  );
  expect(others).toEqual([]);
  expect(file).toMatchObject({ name: 'square.svg', size: DRAWING.length });
  expect(await (await fetch(`${file?.url}&tr=orig-true`)).text()).toContain('<rect');
});
