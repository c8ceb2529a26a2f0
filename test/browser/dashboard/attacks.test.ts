import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Product, startProduct } from '../../product/product.ts';
import { startChromium } from '../chromium.ts';
import { type AsProgram, asProgram } from './as-program.ts';
import { signInFirstOwner } from './signed-in-browser.ts';

/* What the catalogue of attacks asks of the dashboard, in a browser with the session of an owner. */

/** Text that would run, if a page took it for HTML. */
const MARKUP = '<img src=x onerror="document.title=`stolen`"><script>document.title=`stolen`</script>';

let product: Product;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let program: AsProgram;
let stranger: Server;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startChromium()]);
  ({ context, page } = await signInFirstOwner(product, browser));
  program = asProgram(product);
  stranger = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<p>elsewhere</p>'));
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
  stranger?.close();
});

const open = (path: string) => page.goto(`${product.api}/dashboard/${path}`);

/** Nothing ran, and nothing became an element. */
async function expectOnlyText(): Promise<void> {
  await page.waitForLoadState('networkidle');
  // What a script would have made of it; a name may be the title.
  expect(await page.title()).not.toBe('stolen');
  expect(await page.locator('[onerror]').count()).toBe(0);
  expect(await page.evaluate(() => [...document.scripts].every(({ src }) => src !== ''))).toBe(true);
}

it('INJ-010: names of people are text in the dashboard, in mails and on the pages of sign-in', async () => {
  const rename = await page.evaluate(async (name) => {
    const headers = { 'x-vitrine': '1', 'content-type': 'application/json' };
    const body = JSON.stringify({ name });
    return (await fetch('/v1/people/me/profile', { method: 'PATCH', headers, body })).status;
  }, MARKUP);
  expect(rename).toBe(200);
  await open('');
  await page.getByRole('button', { name: 'Account and display' }).click();
  await page.locator('.account-menu').getByText(MARKUP).waitFor();
  await expectOnlyText();

  const body = { mail: 'guest@example.com', name: MARKUP, roles: [{ role: 'viewer' }] };
  const { invitationToken } = await program.call<{ invitationToken: string }>('POST', '/v1/people', body);
  await page.goto(`${product.signIn}/mailbox`);
  await page.getByText('guest@example.com').first().waitFor();
  await expectOnlyText();
  await page.goto(`${product.api}/auth/invitation?token=${invitationToken}`);
  await expectOnlyText();
});

it('INJ-010: names of shares, searches, fields and their values are text, for strangers too', async () => {
  const { fileId } = await program.upload('/markup/a.svg');
  await program.call('POST', '/v1/saved-searches', { name: MARKUP, searchQuery: 'name = "a.svg"', shared: true });
  const schema = { type: 'SingleSelect', selectOptions: [MARKUP] };
  await program.call('POST', '/v1/customMetadataFields', { name: 'markup', label: MARKUP, schema });
  await program.call('PATCH', `/v1/files/${fileId}/details`, { customMetadata: { markup: MARKUP }, tags: [MARKUP] });
  const share = await program.call<{ url: string }>('POST', '/v1/shares', { fileIds: [fileId], name: MARKUP });
  await open('?path=/markup&tag=none');
  await page.getByRole('link', { name: MARKUP }).waitFor();
  await expectOnlyText();
  await open(`file/${fileId}`);
  await expect.poll(() => page.getByLabel(MARKUP, { exact: true }).inputValue()).toBe(MARKUP);
  await expectOnlyText();
  await open('shares');
  await page.locator('main').getByText(MARKUP).waitFor();
  await expectOnlyText();
  await page.goto(share.url);
  await page.getByText(MARKUP).first().waitFor();
  await expectOnlyText();
});

it('what a picture says of itself in EXIF is text', async () => {
  const exif = { IFD0: { ImageDescription: MARKUP, Artist: MARKUP, Copyright: MARKUP } };
  const picture = sharp({ create: { width: 40, height: 40, channels: 3, background: 'teal' } });
  const bytes = new Uint8Array(await picture.withExif(exif).jpeg().toBuffer());
  expect(Buffer.from(bytes).includes('onerror')).toBe(true);
  const { fileId } = await program.upload('/markup/exif.jpg', { bytes });
  await open(`file/${fileId}`);
  await page.getByRole('heading', { name: 'exif.jpg' }).waitFor();
  await expectOnlyText();
  await open('?words=onerror');
  await expectOnlyText();
});

it('a drawing with a script runs it neither in the dashboard nor when it is opened by itself', async () => {
  const bytes =
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" onload="document.title=`stolen`"><script>document.title=`stolen`</script><rect width="40" height="40"/></svg>';
  const { fileId, url } = await program.upload('/markup/script.svg', { bytes });
  await open(`file/${fileId}`);
  const preview = page.getByLabel('Preview').getByRole('img');
  await expect.poll(() => preview.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  await expectOnlyText();
  for (const address of [url, `${url}&tr=orig-true`]) {
    await page.goto(address);
    expect(await page.evaluate(() => document.title)).not.toContain('stolen');
  }
});

it('HDR-006: the dashboard is in no frame of others, and no window of others holds it', async () => {
  const { port } = stranger.address() as AddressInfo;
  const other = await context.newPage();
  await other.goto(`http://127.0.0.1:${port}/`);
  await other.evaluate((address) => {
    const frame = document.createElement('iframe');
    frame.src = address;
    document.body.append(frame);
  }, `${product.api}/dashboard/`);
  await expect.poll(() => other.frames()[1]?.url()).toMatch(/^chrome-error:/);
  const [opened] = await Promise.all([
    other.waitForEvent('popup'),
    other.evaluate((address) => {
      Object.assign(globalThis, { opened: window.open(address) });
    }, `${product.api}/dashboard/`),
  ]);
  await opened.getByText('All folders').first().waitFor();
  expect(await opened.evaluate(() => window.opener)).toBeNull();
  const holds = () => other.evaluate(() => !(globalThis as unknown as { opened: Window }).opened.closed);
  await expect.poll(holds).toBe(false);
  const isLoaded = await other.evaluate(
    (src) =>
      new Promise((resolve) => {
        const element = Object.assign(document.createElement('script'), { src, type: 'text/javascript' });
        element.onload = () => resolve(true);
        element.onerror = () => resolve(false);
        document.body.append(element);
      }),
    `${product.api}/dashboard/`,
  );
  expect(isLoaded).toBe(false);
  await other.close();
});

it('a site elsewhere changes nothing with the session, and sign-in leads to no site elsewhere', async () => {
  const { port } = stranger.address() as AddressInfo;
  const other = await context.newPage();
  await other.goto(`http://127.0.0.1:${port}/`);
  await other.evaluate(async (api) => {
    const send = (type: string) =>
      fetch(`${api}/v1/folder`, {
        ...{ method: 'POST', mode: 'no-cors', credentials: 'include', headers: { 'content-type': type } },
        body: JSON.stringify({ folderName: 'forged', parentFolderPath: '/' }),
      }).catch(() => undefined);
    await send('text/plain');
    await send('application/x-www-form-urlencoded');
  }, product.api);
  const folders = await program.call<{ name: string }[]>('GET', '/v1/files?path=/&type=folder');
  expect(folders.map(({ name }) => name)).not.toContain('forged');
  for (const to of ['https://evil.example/', '//evil.example/', '/\\evil.example', 'javascript:alert(1)']) {
    await other.goto(`${product.api}/auth/login?to=${encodeURIComponent(to)}`).catch(() => undefined);
    const { host } = new URL(other.url());
    expect([new URL(product.api).host, new URL(product.signIn).host], to).toContain(host);
  }
  await other.close();
});

it('UI-008: it asks nobody but the hosts of this deployment, and works with all others blocked', async () => {
  const own = new Set([product.api, product.media, product.signIn].map((address) => new URL(address).hostname));
  const foreign: string[] = [];
  await context.route('**', (route) => {
    const { hostname, protocol } = new URL(route.request().url());
    if (protocol === 'data:' || protocol === 'blob:' || own.has(hostname)) return route.continue();
    foreign.push(hostname);
    return route.abort();
  });
  for (const path of ['', '?path=/samples', '?path=/samples&layout=list', '?words=harbour', 'shares', 'trash'])
    await open(path).then(() => page.waitForLoadState('networkidle'));
  await open('?path=/samples');
  await page.getByRole('link', { name: 'harbour.jpg' }).click();
  await page.getByRole('heading', { name: 'harbour.jpg' }).waitFor();
  await page.waitForLoadState('networkidle');
  await context.unroute('**');
  expect(foreign).toEqual([]);
});

it('UI-003: what somebody else saved meanwhile is shown beside what was written here, and whoever wrote it chooses', async () => {
  const { fileId } = await program.upload('/conflict/a.svg');
  const details = () => program.call<Record<string, unknown>>('GET', `/v1/files/${fileId}/details`);
  await open(`file/${fileId}`);
  for (const [choice, description] of [
    ['Keep mine', 'mine, Keep mine'],
    ['Show the newest', 'theirs, Show the newest'],
  ] as const) {
    await page.getByLabel('Description').waitFor();
    const theirs = `theirs, ${choice}`;
    await program.call('PATCH', `/v1/files/${fileId}/details`, { description: theirs, tags: [choice] });
    const mine = `mine, ${choice}`;
    await page.getByLabel('Description').fill(mine);
    const notice = page.getByText('Somebody else changed this file meanwhile').locator('xpath=..');
    await notice.getByText(theirs).waitFor();
    expect(await notice.getByRole('definition').allTextContents()).toEqual([theirs, choice]);
    expect(await page.getByLabel('Description').inputValue()).toBe(mine);
    expect(await details()).toMatchObject({ description: theirs });
    await page.getByRole('button', { name: choice }).click();
    await expect.poll(() => page.getByLabel('Description').inputValue()).toBe(description);
    // What only the other one changed is kept either way.
    await expect.poll(details).toMatchObject({ description, tags: [choice] });
    await open(`file/${fileId}`);
  }
});

it('UI-001: of 60 files some fail while the network is down and a page is closed; then each is there once', async () => {
  await open('?path=/many');
  await page.getByRole('button', { name: 'Upload', exact: true }).waitFor();
  page.on('dialog', (dialog) => void dialog.accept());
  const files = Array.from({ length: 60 }, (_, index) => ({
    ...{ name: `${index}.txt`, mimeType: 'text/plain', buffer: Buffer.from(`file ${index}`) },
  }));
  await page.locator('input[type=file]').first().setInputFiles(files);
  await page.getByText(/^[1-9]\d* of 60 uploaded/).waitFor();
  await context.setOffline(true);
  await page.getByText('No answer came.').first().waitFor();
  await context.setOffline(false);
  await page.close();
  page = await context.newPage();
  await open('?path=/many');
  const done = page.getByRole('region', { name: 'Uploads' }).getByRole('status');
  await done.waitFor();
  // What arrived although its answer was lost is asked about, and skipped.
  const isOver = async () => {
    const skip = page.getByRole('button', { name: /^Skip( all|\s)/ }).first();
    if (await skip.isVisible()) await skip.click();
    return (await page.getByText(/Waiting|\d %|There already/).count()) === 0;
  };
  await expect.poll(isOver, { timeout: 60_000 }).toBe(true);
  const listed = await program.call<{ name: string; versionInfo: { name: string } }[]>(
    'GET',
    '/v1/files?path=/many&type=file&limit=100',
  );
  expect(listed.map(({ name }) => name).toSorted()).toEqual(files.map(({ name }) => name).toSorted());
  expect(new Set(listed.map(({ versionInfo }) => versionInfo.name))).toEqual(new Set(['Version 1']));
});
