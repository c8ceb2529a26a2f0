import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../../product/product.ts';
import { startChromium } from '../chromium.ts';
import { type AsProgram, asProgram } from './as-program.ts';
import { signInFirstOwner } from './signed-in-browser.ts';

/* UI-004 of the catalogue of attacks: everything that is done most, by keys alone; and nothing that holds the focus or has no name. */

/** Stops of Tab on a page, more than any has. */
const MOST_STOPS = 80;

let product: Product;
let browser: Browser;
let page: Page;
let program: AsProgram;
let fileId: string;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startChromium()]);
  ({ page } = await signInFirstOwner(product, browser));
  program = asProgram(product);
  ({ fileId } = await program.upload('/keys/first.svg'));
  await program.upload('/keys/second.svg');
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const open = async (path: string) => {
  await page.goto(`${product.api}/dashboard/${path}`);
  await page.locator('h1').first().waitFor({ state: 'attached' });
  await page.waitForLoadState('networkidle');
};

/** As a screen reader is told: the role, and the name in quotes. */
const focused = () => page.locator(':focus').ariaSnapshot();

/** Tab until something is reached. */
async function tabTo(what: RegExp): Promise<void> {
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    await page.keyboard.press('Tab');
    if ((await page.locator(':focus').count()) > 0 && what.test(await focused())) return;
  }
  throw new Error(`${what} is not reached.`);
}

const notice = (text: string) => page.getByRole('status').filter({ hasText: text });

const PAGES: readonly (readonly [name: string, path: () => string])[] = [
  ['the library', () => ''],
  ['a folder', () => '?path=/keys'],
  ['what was found', () => '?words=second'],
  ['a file', () => `file/${fileId}`],
  ['the share links', () => 'shares'],
  ['the trash', () => 'trash'],
];

describe.each(PAGES)('on %s', (_, path) => {
  it('Tab leads through everything and out at the end, and each stop has a name', async () => {
    await open(path());
    const nameless: string[] = [];
    let stops = 0;
    for (; stops < MOST_STOPS; stops++) {
      await page.keyboard.press('Tab');
      // Behind the last one the browser itself has the focus.
      if ((await page.locator(':focus').count()) === 0) break;
      const said = await focused();
      if (!/"[^"]+"|: \S/.test(said)) nameless.push(said);
    }
    expect(stops).toBeGreaterThan(5);
    expect(stops, 'the focus is held').toBeLessThan(MOST_STOPS);
    expect(nameless).toEqual([]);
  });
});

describe('by keys alone', () => {
  it('a file is found, opened and described', async () => {
    await open('');
    await page.keyboard.press('/');
    await page.keyboard.type('first');
    await page.keyboard.press('Enter');
    await page.getByRole('gridcell', { name: /^first\.svg/ }).waitFor();
    await tabTo(/gridcell "first\.svg/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'first.svg' }).waitFor();
    await tabTo(/textbox "Description"/);
    await page.keyboard.type('by keys');
    await page.keyboard.press('Tab');
    // Not as a part of “Not saved yet”.
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(await program.call('GET', `/v1/files/${fileId}/details`)).toMatchObject({ description: 'by keys' });
  });

  it('a file is uploaded', async () => {
    await open('?path=/keys');
    // Before the keys: the browser needs a moment until it hands choosers over, and opens one of its own before.
    const chooser = page.waitForEvent('filechooser', { timeout: 60_000 });
    await tabTo(/button "Upload"/);
    await page.keyboard.press('Enter');
    await (await chooser).setFiles({ name: 'third.txt', mimeType: 'text/plain', buffer: Buffer.from('third') });
    await page.getByRole('gridcell', { name: /^third\.txt/ }).waitFor();
  });

  it('files are tagged, and a dialog keeps the focus until it is left', async () => {
    await open('?path=/keys');
    await tabTo(/gridcell "first\.svg/);
    await page.keyboard.press('Control+a');
    await page.getByText('3 files selected').waitFor();
    await page.keyboard.press('t');
    const dialog = page.getByRole('dialog');
    await page.getByLabel('Add tags').waitFor();
    const isInside = () => dialog.evaluate((element) => element.contains(document.activeElement));
    await expect.poll(isInside).toBe(true);
    for (let stops = 0; stops < 12; stops++) {
      await page.keyboard.press('Tab');
      expect(await isInside()).toBe(true);
    }
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
    await expect.poll(focused).toContain('first.svg');
    await page.keyboard.press('t');
    await page.getByLabel('Add tags').focus();
    await page.keyboard.type('keyed');
    await page.keyboard.press('Enter');
    await notice('3 files have the tags.').waitFor();
  });

  it('a file is put into the trash, and is taken from there', async () => {
    await open('?path=/keys');
    await tabTo(/gridcell "first\.svg/);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await page.keyboard.press('Delete');
    await notice('1 file is in the trash.').waitFor();
    await open('trash');
    await tabTo(/button "Restore \/keys\/second\.svg"/);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByText('/keys/second.svg').count()).toBe(0);
  });

  it('whoever is there signs out', async () => {
    await open('');
    await tabTo(/button "Account and display"/);
    await page.keyboard.press('Enter');
    await tabTo(/button "Sign out"/);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.href.startsWith(product.signIn));
    await page.goto(`${product.api}/dashboard/`);
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
  });
});
