import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../../product/product.ts';
import { startChromium } from '../chromium.ts';
import { notePolicyViolations } from './policy-violations.ts';
import { type SignedInBrowser, signInFirstOwner } from './signed-in-browser.ts';

/** Bytes on the wire, compressed. */
const FIRST_LOAD_BYTES = 200_000;
const ROUTE_BYTES = 120_000;

let product: Product;
let browser: Browser;
let owner: SignedInBrowser;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startChromium()]);
  owner = await signInFirstOwner(product, browser);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

/** Bytes of the dashboard's own files that a step makes the browser load. */
async function bytesOf(page: Page, step: () => Promise<unknown>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  const own = new Set<string>();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (new URL(response.url).pathname.startsWith('/dashboard/')) own.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (own.has(requestId)) bytes += encodedDataLength;
  });
  await step();
  await page.waitForLoadState('networkidle');
  await session.detach();
  return bytes;
}

it(`the first load is at most ${FIRST_LOAD_BYTES / 1000} KB, each further page ${ROUTE_BYTES / 1000} KB`, async () => {
  const { page } = owner;

  const first = await bytesOf(page, () => page.reload());
  expect(first).toBeGreaterThan(50_000);
  expect(first).toBeLessThan(FIRST_LOAD_BYTES);
  const dialog = await bytesOf(page, () => page.getByRole('button', { name: 'New folder' }).click());
  expect(dialog).toBeLessThan(ROUTE_BYTES);
  await page.getByLabel('Name of the folder').press('Escape');
  const trash = await bytesOf(page, () => page.getByRole('link', { name: 'Trash' }).click());
  expect(trash).toBeLessThan(ROUTE_BYTES);
});

it('who is signed in, and the first files, are asked for once, before the program is there', async () => {
  const page = await owner.context.newPage();
  await page.goto(`${product.api}/dashboard/?path=/samples`);
  await page.getByRole('link', { name: 'harbour.jpg' }).waitFor();
  await page.waitForLoadState('networkidle');
  const [ready, calls] = await page.evaluate(
    () =>
      [
        performance.getEntriesByType('navigation')[0]?.toJSON().domContentLoadedEventEnd as number,
        performance.getEntriesByType('resource').map(({ name, startTime }) => ({
          url: name.slice(location.origin.length),
          startTime,
        })),
      ] as const,
  );
  const ahead = calls.filter(({ url }) => url === '/v1/people/me' || url.includes('type=file'));

  expect(ahead).toHaveLength(2);
  for (const { url, startTime } of ahead) expect(startTime, url).toBeLessThan(ready);
  await page.close();
});

it('files come compressed, through the cache of the CDN, and are kept', async () => {
  const page = await (await fetch(`${product.api}/dashboard/`)).text();
  const script = /src="(\/dashboard\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? '';
  const ask = (coding: string) => fetch(`${product.api}${script}`, { headers: { 'accept-encoding': coding } });
  await ask('br');

  const again = await ask('br');
  expect(again.headers.get('content-encoding')).toBe('br');
  expect(again.headers.get('x-cache')).toContain('Hit');
  expect(again.headers.get('cache-control')).toContain('immutable');
  expect((await ask('identity')).headers.get('content-encoding')).toBeNull();
});

describe('the policy of the page', () => {
  it('refuses nothing that the pages do', async () => {
    const { context } = owner;
    const violations = await notePolicyViolations(context);
    const page = await context.newPage();
    const { api } = product;

    for (const path of ['', '?path=/samples', '?path=/samples&layout=list', '?words=harbour', 'trash', 'nowhere']) {
      await page.goto(`${api}/dashboard/${path}`);
      await page.waitForLoadState('networkidle');
    }
    await page.goto(`${api}/dashboard/?path=/samples`);
    await page.getByRole('button', { name: 'New folder' }).click();
    await page.getByLabel('Name of the folder').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'harbour.jpg' }).click();
    await page.getByRole('heading', { name: 'harbour.jpg' }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(violations).toEqual([]);
    await page.close();
  });

  it('would refuse a script, a style and a picture of others, and the test would see it', async () => {
    const page = await owner.context.newPage();
    await page.goto(`${product.api}/dashboard/`);
    const [refused, ran] = await page.evaluate(async () => {
      const seen: string[] = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => seen.push(effectiveDirective));
      const script = document.createElement('script');
      try {
        document.body.innerHTML += '<i></i>';
      } catch {
        seen.push('trusted-types');
      }
      const style = document.createElement('style');
      style.append('body{color:red}');
      const picture = new Image();
      picture.src = 'https://elsewhere.example/x.png';
      document.body.append(style, script, picture);
      await new Promise((done) => setTimeout(done, 500));
      return [seen, getComputedStyle(document.body).color] as const;
    });

    expect(refused).toEqual(expect.arrayContaining(['trusted-types', 'style-src-elem', 'img-src']));
    expect(ran).not.toBe('rgb(255, 0, 0)');
    await page.close();
  });
});

it('whoever is not signed in is led to sign in, and sees nothing else', async () => {
  const context = await browser.newContext({ locale: 'de-DE' });
  const page = await context.newPage();

  await page.goto(`${product.api}/dashboard/?path=/samples`);
  const link = page.getByRole('link', { name: 'Anmelden' });
  await link.waitFor();
  expect(await link.getAttribute('href')).toBe('/auth/login?to=%2Fdashboard%2F%3Fpath%3D%2Fsamples');
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
  expect(await page.getByRole('navigation').count()).toBe(0);
  await context.close();
});

it('the start names the dashboard', () => {
  expect(product.output()).toContain(`${product.api}/dashboard/`);
});
