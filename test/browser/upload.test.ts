import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import ImageKit from '@imagekit/nodejs';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Product, startProduct } from '../product/product.ts';
import { startChromium } from './chromium.ts';

/* ImageKit's browser SDK, unchanged, in a real browser: another origin's page uploads to the running product. */
const SDK = createRequire(import.meta.url)
  .resolve('@imagekit/javascript')
  .replace(/imagekit\.[\w.]+$/, 'imagekit.esm.js');
const PAGE = new URL('./upload-page.html', import.meta.url);

let product: Product;
let browser: Browser;
let site: Server;
let page: Page;
let picture: string;

interface Sent {
  readonly answer: { readonly url: string; readonly filePath: string; readonly tags: readonly string[] };
  readonly requestId: string;
  readonly loaded: readonly number[];
  readonly signed: object;
  readonly isRefusal: boolean;
  readonly message: string;
  readonly status: number;
}

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startChromium()]);
  site = await startSite();
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
  await page.waitForSelector('body[data-ready]', { state: 'attached', timeout: 120_000 });
  const teal = sharp({ create: { width: 80, height: 60, channels: 3, background: 'teal' } });
  picture = (await teal.png().toBuffer()).toString('base64');
});

afterAll(async () => {
  await browser?.close();
  site?.close();
  await product?.stop();
});

/** The customer's own server: the page, the SDK, and a signature, as ImageKit's documentation has it. */
async function startSite(): Promise<Server> {
  const { helper } = new ImageKit({ privateKey: product.privateKey });
  const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
    '/': (response) => response.setHeader('content-type', 'text/html').end(readFileSync(PAGE)),
    '/imagekit.js': (response) => response.setHeader('content-type', 'text/javascript').end(readFileSync(SDK)),
    '/sign': (response) =>
      response.end(JSON.stringify({ ...helper.getAuthenticationParameters(), publicKey: product.publicKey })),
  };
  const server = createServer(({ url = '' }, response) => {
    const answer = answers[url];
    if (answer) answer(response);
    else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const call = <T>(name: string, argument: unknown): Promise<T> =>
  page.evaluate(`window.${name}(${JSON.stringify(argument)})`) as Promise<T>;

const send = (options: object) => call<Sent>('send', { api: product.api, picture, ...options });

it('a file is uploaded with progress, its answer and its request id are read, and it is shown', async () => {
  const { answer, requestId, loaded, message } = await send({
    ...{ fileName: 'from a browser.png', folder: '/browser', tags: ['a', 'b'], useUniqueFileName: false },
  });

  expect(message).toBeUndefined();
  expect(answer).toMatchObject({ filePath: '/browser/from_a_browser.png', tags: ['a', 'b'] });
  expect(requestId).toMatch(/^[\w-]{8,}/);
  expect(loaded.at(-1)).toBeGreaterThan(Buffer.from(picture, 'base64').length);
  expect(await call<number>('widthOf', `${answer.url}?tr=w-40`)).toBe(40);
});

it('a signature is good for one upload, and the refusal is one that the SDK understands', async () => {
  const { signed } = await send({ fileName: 'once.png' });
  const again = await send({ fileName: 'twice.png', ticket: signed });

  expect(again).toMatchObject({ isRefusal: true, status: 400 });
  expect(again.message).toContain('used');
});

it('a wrong signature and a missing file name are refusals that the page can show', async () => {
  const { signed } = await send({ fileName: 'once.png' });
  const forged = { ...signed, token: 'other', signature: '0'.repeat(40) };

  expect(await send({ fileName: 'forged.png', ticket: forged })).toMatchObject({ isRefusal: true, status: 400 });
  expect(await send({ fileName: 'checked.png', checks: '"file.size" < 1' })).toMatchObject({
    isRefusal: true,
    status: 400,
  });
});
