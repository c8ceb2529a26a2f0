import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Product, startProduct } from '../../product/product.ts';
import { startChromium } from '../chromium.ts';
import { type FaultOptions, findFaults } from './find-faults.ts';
import { signInFirstOwner } from './signed-in-browser.ts';

/** A page in the dark is the same page in other colours, so what looks at colours is tried. */
const LOOKS = [
  { name: 'light', width: 1280, colorScheme: 'light', rules: 'all' },
  { name: 'dark', width: 1280, colorScheme: 'dark', rules: 'of colours' },
  { name: 'dark at 320 pixels', width: 320, colorScheme: 'dark', rules: 'of colours' },
  { name: 'light at 320 pixels', width: 320, colorScheme: 'light', rules: 'all' },
] as const;

let product: Product;
let browser: Browser;
let page: Page;
let fileId: string;

/** Text that would run, if a page took it for HTML. */
const SCRIPT = '<img src=x onerror="document.title=`stolen`">';

async function call<T>(method: string, path: string, body?: object): Promise<T> {
  const headers = { authorization: `Basic ${btoa(`${product.privateKey}:`)}`, 'content-type': 'application/json' };
  const answer = await fetch(`${product.api}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startChromium()]);
  ({ page } = await signInFirstOwner(product, browser));
  const files = await call<{ fileId: string }[]>('GET', '/v1/files?path=/samples');
  fileId = files[0]?.fileId ?? '';
  await call('PATCH', `/v1/files/${fileId}/details`, { tags: [SCRIPT], description: SCRIPT });
  await call('POST', '/v1/folder', { folderName: SCRIPT, parentFolderPath: '/' });
  await call('POST', '/v1/folder', { folderName: 'long'.repeat(40), parentFolderPath: '/' });
  const form = new FormData();
  form.set('file', new Blob(['text']), 'x.txt');
  form.set('fileName', `${SCRIPT}.txt`);
  const headers = { authorization: `Basic ${btoa(`${product.privateKey}:`)}` };
  const answer = await fetch(`${product.api}/v1/files/upload`, { method: 'POST', headers, body: form });
  const { fileId: trashed } = (await answer.json()) as { fileId: string };
  await call('DELETE', `/v1/files/${trashed}`);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const ROUTES: readonly (readonly [name: string, path: () => string, ready: string])[] = [
  ['the library', () => '', 'samples'],
  ['a folder as a grid', () => '?path=/samples', 'harbour.jpg'],
  ['a folder as a list', () => '?path=/samples&layout=list', 'harbour.jpg'],
  ['an empty folder', () => '?path=/nothing', 'This folder is empty'],
  ['what was found', () => '?words=harbour', 'harbour.jpg'],
  ['nothing found', () => '?words=nosuchword', 'Nothing found'],
  ['a file', () => `file/${fileId}`, 'Version 1'],
  ['the trash', () => 'trash', 'Restore'],
  ['no page', () => 'nowhere', 'There is no such page'],
];

/** What is wrong with what is shown, in every look; a page that is there already takes on another one. */
async function faultsInAllLooks(options: FaultOptions = {}): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const { name, width, colorScheme, rules } of LOOKS) {
    await page.setViewportSize({ width, height: 720 });
    await page.emulateMedia({ colorScheme });
    await expect.poll(() => page.evaluate(() => document.documentElement.style.colorScheme)).toBe(colorScheme);
    const found = await findFaults(page, { rules, ...options });
    const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    faults.push(...found.map((fault) => `${name}: ${fault}`), ...(isWide ? [`${name}: it is too wide`] : []));
  }
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.emulateMedia({ colorScheme: 'light' });
  return faults;
}

it.each(ROUTES)('%s has no fault in any look, and fits', async (_, path, ready) => {
  await page.goto(`${product.api}/dashboard/${path()}`);
  await page.locator('main').getByText(ready).first().waitFor();

  expect(await faultsInAllLooks({ withUndecided: true })).toEqual([]);
  expect(await page.title()).not.toBe('stolen');
});

it('the dialog and the menu have no fault', async () => {
  await page.goto(`${product.api}/dashboard/?path=/samples`);
  await page.getByRole('button', { name: 'New folder' }).click();
  await page.getByLabel('Name of the folder').waitFor();
  expect(await faultsInAllLooks()).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Account and display' }).click();
  await page.getByLabel('Appearance').waitFor();
  expect(await faultsInAllLooks()).toEqual([]);
});

it('what is done with selected files, what narrows, and the list of keys have no fault', async () => {
  await page.goto(`${product.api}/dashboard/?path=/samples`);
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByLabel('Any size').waitFor();
  await page.getByRole('gridcell').first().click();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'Make private' }).waitFor();
  expect(await faultsInAllLooks()).toEqual([]);
  await page.getByRole('button', { name: 'Delete for ever…' }).click();
  await page.getByLabel('Type “delete 1 file”').waitFor();
  expect(await faultsInAllLooks()).toEqual([]);
  await page.getByLabel('Type “delete 1 file”').press('Escape');
  for (const [key, ready] of [
    ['m', 'Into which folder?'],
    ['t', 'Take tags away'],
  ] as const) {
    await page.getByRole('gridcell').first().press(key);
    await page.getByRole('dialog').getByText(ready).waitFor();
    expect(await faultsInAllLooks()).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).press('Escape');
  }
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText('shows this list').waitFor();
  expect(await faultsInAllLooks()).toEqual([]);
});

it('keys that are pressed without Ctrl can be turned off', async () => {
  await page.goto(`${product.api}/dashboard/?path=/samples`);
  await page.getByRole('gridcell').first().waitFor();
  await page.keyboard.press('?');
  await page.getByLabel('Keys that are pressed without Ctrl work everywhere').press('Space');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  await page.keyboard.press('?');
  await page.keyboard.press('/');
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).not.toBe('words');
  await page.evaluate(() => localStorage.removeItem('vitrine-single-keys'));
});

it('at 400 % nothing is cut off, and nothing moves for those who want no motion', async () => {
  // A window of 1280 by 1024 at 400 % (WCAG 2.2, 1.4.10).
  await page.setViewportSize({ width: 320, height: 256 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const path of ['?path=/samples', `file/${fileId}`, 'trash']) {
    await page.goto(`${product.api}/dashboard/${path}`);
    await page.locator('h1').first().waitFor({ state: 'attached' });
    await page.waitForLoadState('networkidle');
    const { width, height, moving } = await page.evaluate(() => ({
      width: document.documentElement.scrollWidth,
      // The part with the page's content is what is left to scroll in.
      height: document.querySelector('main')?.clientHeight ?? 0,
      moving: document.getAnimations().length,
    }));
    expect(width, path).toBeLessThanOrEqual(320);
    expect(height, path).toBeGreaterThan(100);
    expect(moving, path).toBe(0);
  }
  await page.emulateMedia({ reducedMotion: null });
});

it('what people write is text wherever it is shown, and runs nowhere', async () => {
  await page.goto(`${product.api}/dashboard/file/${fileId}`);
  await expect.poll(() => page.getByLabel('Description').inputValue()).toBe(SCRIPT);
  expect(await page.locator('main img[onerror]').count()).toBe(0);
  expect(await page.title()).toContain('harbour.jpg');
});

it('a keyboard alone leads from the address to a folder, a file, and back', async () => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto(`${product.api}/dashboard/`);
  await page.getByLabel('Folders', { exact: true }).getByText('samples').waitFor();
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
  const tabTo = async (name: string) => {
    for (let count = 0; count < 40 && !(await focused()).startsWith(name); count++) await page.keyboard.press('Tab');
    expect(await focused()).toMatch(new RegExp(`^${name}`));
  };
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  await tabTo('samples');
  await page.keyboard.press('Enter');
  await page.getByRole('gridcell').first().waitFor();
  await tabTo('harbour.jpg');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'harbour.jpg' }).waitFor();
  await tabTo('← Back to the folder');
  await page.keyboard.press('Enter');
  await page.getByRole('gridcell').first().waitFor();
  // Selects and moves: each step is where a screen reader would say it is.
  await tabTo('harbour.jpg');
  await page.keyboard.press('Space');
  await page.getByText('1 file selected').waitFor();
  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog', { name: 'Move 1 file' });
  await dialog.waitFor();
  await expect.poll(() => dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  await dialog.getByRole('radio', { name: 'Library' }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: '1 file is in /.' }).waitFor();
  await tabTo('Undo');
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: 'Taken back for 1 file.' }).waitFor();
});
