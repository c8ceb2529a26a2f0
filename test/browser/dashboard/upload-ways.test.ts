import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../../product/product.ts';
import { startChromium } from '../chromium.ts';
import { type AsProgram, asProgram } from './as-program.ts';
import { findFaults } from './find-faults.ts';
import { notePolicyViolations } from './policy-violations.ts';
import { signInFirstOwner } from './signed-in-browser.ts';

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
  folder = mkdtempSync(join(tmpdir(), 'vitrine-ways-'));
  for (const name of ['one.txt', 'two.txt', 'three.txt', 'broken.png']) writeFileSync(join(folder, name), name);
  mkdirSync(join(folder, 'campaign/spring'), { recursive: true });
  writeFileSync(join(folder, 'campaign/top.txt'), 'top');
  writeFileSync(join(folder, 'campaign/spring/deep.txt'), 'deep');
  const schema = { type: 'SingleSelect', selectOptions: ['draft', 'final'] };
  await program.call('POST', '/v1/customMetadataFields', { name: 'stage', label: 'Stage', schema });
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
  readonly customMetadata: Readonly<Record<string, unknown>>;
  readonly versionInfo: { readonly name: string };
}

const filesIn = (path: string) => program.call<Found[]>('GET', `/v1/files?path=${path}&type=file`);

const queue = () => page.getByRole('region', { name: 'Uploads' });

/** By the keyboard. */
const press = (name: string) => queue().getByRole('button', { name, exact: true }).press('Enter');

describe('ways to upload', () => {
  it('a folder keeps its structure', async () => {
    await open('/whole');
    await page.locator('input[webkitdirectory]').setInputFiles(join(folder, 'campaign'));
    await page.getByText('2 of 2 uploaded').waitFor();
    expect(await filesIn('/whole/campaign')).toMatchObject([{ name: 'top.txt' }]);
    expect(await filesIn('/whole/campaign/spring')).toMatchObject([{ name: 'deep.txt' }]);
  });

  it('what is pasted is uploaded', async () => {
    await open('/pasted');
    await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File(['from the clipboard'], 'pasted.txt'));
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    });
    await page.getByText('1 of 1 uploaded').waitFor();
    expect(await filesIn('/pasted')).toMatchObject([{ name: 'pasted.txt' }]);
  });

  it('by URL the library fetches it, by keys alone, and says why where it may not', async () => {
    await open('/fetched');
    await page.getByRole('button', { name: 'Other ways to upload' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const field = page.getByLabel('URLs', { exact: true });
    await field.waitFor();
    const isIn = () => field.evaluate((element) => element === document.activeElement);
    for (let count = 0; count < 10 && !(await isIn()); count++) await page.keyboard.press('Tab');
    await page.keyboard.type('ftp://example.com/a.png');
    await page.getByRole('dialog').getByRole('button', { name: 'Upload' }).press('Enter');
    await page.getByText('“ftp://example.com/a.png” is no URL').waitFor();
    // The library reaches public addresses only, and a test has none.
    await field.fill(`${product.media}/samples/harbour.jpg`);
    await page.getByRole('dialog').getByRole('button', { name: 'Upload' }).press('Enter');
    await queue().getByText('harbour.jpg', { exact: true }).waitFor();
    await queue().getByText('does not have a public address').waitFor();
  });
});

describe('tags and fields', () => {
  it('are given to all, also to what has arrived', async () => {
    await open('/described');
    await page.route('**/v1/files/upload', async (route) => {
      const isHeld = (route.request().postDataBuffer() ?? Buffer.of()).includes('two.txt');
      if (isHeld) await page.getByText('All uploads get them.').waitFor();
      return route.continue();
    });
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles([
        { name: 'one.txt', mimeType: 'text/plain', buffer: Buffer.from('described 1') },
        { name: 'two.txt', mimeType: 'text/plain', buffer: Buffer.from('described 2') },
      ]);
    await page.getByText('1 of 2 uploaded').waitFor();
    await press('Tags and fields…');
    await page.getByLabel('Add tags').fill('spring, web');
    await page.getByLabel('Stage').selectOption('final');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByText('2 of 2 uploaded').waitFor();
    expect(await filesIn('/described')).toMatchObject([
      { name: 'one.txt', tags: ['spring', 'web'], customMetadata: { stage: 'final' } },
      { name: 'two.txt', tags: ['spring', 'web'], customMetadata: { stage: 'final' } },
    ]);
  });
});

describe.each([1280, 320])('at %i pixels', (width) => {
  it('the queue with all that it can ask, and its dialogs, have no fault and fit', async () => {
    await page.setViewportSize({ width, height: 720 });
    await program.upload(`/look-${width}/one.txt`, { bytes: 'other' });
    await program.upload(`/look-${width}/two.txt`, { bytes: 'other' });
    await open(`/look-${width}`);
    await page.route('**/v1/files/upload', () => undefined);
    await choose('one.txt', 'two.txt', 'three.txt', 'broken.png');
    // Those of the page before go on here, too.
    await queue().getByText('files are in the library already').waitFor();
    await queue().getByText('a second').waitFor();
    expect(await findFaults(page)).toEqual([]);
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0);
    await press('Tags and fields…');
    await page.getByLabel('Add tags').waitFor();
    expect(await findFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Other ways to upload' }).click();
    await page.getByRole('button', { name: 'From URLs…' }).waitFor();
    expect(await findFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'From URLs…' }).click();
    await page.getByLabel('URLs', { exact: true }).waitFor();
    expect(await findFaults(page)).toEqual([]);
  });
});

it('the policy of the page refuses none of it', () => {
  expect(violations).toEqual([]);
});
