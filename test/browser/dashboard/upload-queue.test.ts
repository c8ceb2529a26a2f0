import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../../product/product.ts';
import { startChromium } from '../chromium.ts';
import { type AsProgram, asProgram } from './as-program.ts';
import { notePolicyViolations } from './policy-violations.ts';
import { signInFirstOwner } from './signed-in-browser.ts';

/** Three parts of 8,388,608 bytes at most. */
const LARGE = 20_000_000;

let product: Product;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let program: AsProgram;
let violations: readonly string[];
let folder: string;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startChromium()]);
  ({ context } = await signInFirstOwner(product, browser));
  violations = await notePolicyViolations(context);
  program = asProgram(product);
  folder = mkdtempSync(join(tmpdir(), 'vitrine-queue-'));
  for (const name of ['paused.bin', 'reloaded-1280.bin', 'reloaded-320.bin', 'dropped.bin', 'lost.bin', 'left.bin'])
    writeFileSync(join(folder, name), randomBytes(LARGE));
  for (const name of ['one.txt', 'two.txt', 'three.txt']) writeFileSync(join(folder, name), name);
});

beforeEach(async () => {
  page = await context.newPage();
  // Whoever leaves while something is on its way is asked.
  page.on('dialog', (dialog) => void dialog.accept());
});

afterEach(() => page.close());

afterAll(async () => {
  await browser?.close();
  await product?.stop();
  if (folder) rmSync(folder, { recursive: true });
});

async function open(path: string): Promise<void> {
  await page.goto(`${product.api}/dashboard/?path=${path}`);
  await page.getByRole('button', { name: 'Upload', exact: true }).waitFor();
}

const choose = (...names: string[]) =>
  page
    .locator('input[type=file]')
    .first()
    .setInputFiles(names.map((name) => join(folder, name)));

interface Found {
  readonly fileId: string;
  readonly name: string;
  readonly filePath: string;
  readonly size: number;
  readonly tags: readonly string[] | null;
  readonly versionInfo: { readonly name: string };
}

const filesIn = (path: string) => program.call<Found[]>('GET', `/v1/files?path=${path}&type=file`);

const queue = () => page.getByRole('region', { name: 'Uploads' });

/** By the keyboard. */
const press = (name: string) => queue().getByRole('button', { name, exact: true }).press('Enter');

/** Parts are PUT to the storage, which is on another host than the page. */
const isPart = (url: URL) => url.origin !== new URL(product.api).origin;

/** Lets parts through as a test says, from now on; what it held before stays held. @returns numbers of the parts that were sent, in their order */
async function watchParts(answer: (route: Route, count: number) => Promise<void>): Promise<number[]> {
  const sent: number[] = [];
  await page.route(isPart, async (route) => {
    if (route.request().method() !== 'PUT') return route.continue();
    sent.push(Number(new URL(route.request().url()).searchParams.get('partNumber')));
    await answer(route, sent.length);
  });
  return sent;
}

describe('an upload in parts', () => {
  it('is paused and goes on without sending again what is there', async () => {
    await open('/paused');
    const held: Route[] = [];
    const sent = await watchParts(async (route, count) => (count === 2 ? void held.push(route) : route.continue()));
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Upload', exact: true }).press('Enter');
    await (await chooser).setFiles(join(folder, 'paused.bin'));
    await expect.poll(() => held.length).toBe(1);
    await press('Pause paused.bin');
    await queue().getByText('Paused', { exact: true }).waitFor();
    await held[0]?.abort().catch(() => undefined);
    await press('Go on with paused.bin');
    await page.getByText('1 of 1 uploaded').waitFor();
    expect(sent).toEqual([1, 2, 2, 3]);
    expect(await filesIn('/paused')).toMatchObject([{ name: 'paused.bin', size: LARGE }]);
  });

  it.each([1280, 320])(
    'goes on after a reload in its middle, with the bytes that the browser kept, at %i pixels',
    async (width) => {
      await page.setViewportSize({ width, height: 720 });
      const [path, name] = [`/reloaded-${width}`, `reloaded-${width}.bin`];
      await open(path);
      const held: Route[] = [];
      await watchParts(async (route, count) => (count === 2 ? void held.push(route) : route.continue()));
      await choose(name);
      await expect.poll(() => held.length).toBe(1);
      const sent = await watchParts((route) => route.continue());
      await page.reload();
      await page.getByText('1 of 1 uploaded').waitFor();
      expect(sent).toEqual([2, 3]);
      expect(await filesIn(path)).toMatchObject([{ name, size: LARGE }]);
      await page.reload();
      await page.getByRole('gridcell').first().waitFor();
      expect(await queue().count()).toBe(0);
    },
  );

  it('outlasts a network that drops, and goes on by itself when it is back', async () => {
    await open('/dropped');
    const sent = await watchParts(async (route, count) => {
      if (count === 2) await context.setOffline(true);
      return route.continue().catch(() => undefined);
    });
    await choose('dropped.bin');
    await queue().getByText('No answer came.').waitFor();
    await context.setOffline(false);
    await page.getByText('1 of 1 uploaded').waitFor();
    expect(sent.filter((number) => number === 1)).toEqual([1]);
    expect(await filesIn('/dropped')).toMatchObject([{ name: 'dropped.bin', size: LARGE }]);
  });

  it('whose bytes were not kept asks for the file, and goes on with it', async () => {
    await open('/lost');
    const held: Route[] = [];
    await watchParts(async (route, count) => (count === 2 ? void held.push(route) : route.continue()));
    await choose('lost.bin');
    await expect.poll(() => held.length).toBe(1);
    // As a browser does that has no room for the bytes.
    await page.evaluate(async () => {
      const opened = indexedDB.open('vitrine-upload-sources');
      await new Promise((done) => opened.addEventListener('success', done));
      const change = opened.result.transaction('sources', 'readwrite');
      change.objectStore('sources').clear();
      await new Promise((done) => change.addEventListener('complete', done));
    });
    const sent = await watchParts((route) => route.continue());
    await page.reload();
    await queue().getByText('Interrupted').waitFor();
    await choose('lost.bin');
    await page.getByText('1 of 1 uploaded').waitFor();
    expect(sent).toEqual([2, 3]);
  });

  it('is gone from this machine and from the next person’s page when whoever sent it signs out', async () => {
    const keys = () =>
      page.evaluate(async () => {
        const opened = indexedDB.open('vitrine-uploads');
        await new Promise((done) => opened.addEventListener('success', done));
        const asked = opened.result.transaction('uploads').objectStore('uploads').getAllKeys();
        await new Promise((done) => asked.addEventListener('success', done));
        opened.result.close();
        return asked.result.length;
      });
    await open('/signed-out');
    await watchParts(() => Promise.resolve());
    await choose('left.bin');
    await expect.poll(keys).toBe(1);
    await page.route('**/auth/logout', (route) => route.fulfill({ json: { url: '/dashboard/nowhere' } }));
    await page.getByRole('button', { name: 'Account and display' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('There is no such page').waitFor();
    expect(await keys()).toBe(0);
  });
});

describe('what the library has already', () => {
  it('is asked about: another file of this name becomes a version, or one more file, or nothing', async () => {
    for (const name of ['one.txt', 'two.txt', 'three.txt'])
      await program.upload(`/twins/${name}`, { bytes: `other ${name}`, tags: 'kept' });
    await open('/twins');
    await choose('one.txt', 'two.txt', 'three.txt');
    await queue().getByText('3 files are in the library already').waitFor();
    await queue().getByText('The folder has another file of this name.').first().waitFor();
    await press('New version of one.txt');
    await press('Keep both of two.txt');
    await press('Skip three.txt');
    await page.getByText('2 of 3 uploaded').waitFor();
    const names = (await filesIn('/twins')).map(({ name, versionInfo, tags }) => [name, versionInfo.name, tags]);
    expect(names).toHaveLength(4);
    expect(names).toContainEqual(['one.txt', 'Version 2', ['kept']]);
    expect(names).toContainEqual([expect.stringMatching(/^two_[\w-]{9}\.txt$/), 'Version 1', null]);
    expect(names).toContainEqual(['three.txt', 'Version 1', ['kept']]);
  });

  it('is found by its bytes under another name, and one answer does for all', async () => {
    await program.upload('/elsewhere/same.txt', { bytes: 'campaign one' });
    await program.upload('/elsewhere/alike.txt', { bytes: 'campaign two' });
    // The index follows the library.
    for (const content of ['campaign one', 'campaign two']) {
      const query = encodeURIComponent(`checksum = "${createHash('sha256').update(content).digest('hex')}"`);
      const found = () => program.call<Found[]>('GET', `/v1/files?searchQuery=${query}&type=file`);
      await expect.poll(async () => (await found()).length, { timeout: 15_000 }).toBe(1);
    }
    await open('/copies');
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles([
        { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('campaign one') },
        { name: 'b.txt', mimeType: 'text/plain', buffer: Buffer.from('campaign two') },
      ]);
    await queue().getByText('The library has the same file: /elsewhere/same.txt').waitFor();
    await press('Keep both of all');
    await page.getByText('2 of 2 uploaded').waitFor();
    expect((await filesIn('/copies')).map(({ name }) => name).sort()).toEqual(['a.txt', 'b.txt']);
  });
});

it('the policy of the page refuses none of it', () => {
  expect(violations).toEqual([]);
});
