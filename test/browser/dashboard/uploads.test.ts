import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../../product/product.ts';
import { startChromium } from '../chromium.ts';
import { notePolicyViolations } from './policy-violations.ts';
import { signInFirstOwner } from './signed-in-browser.ts';

let product: Product;
let browser: Browser;
let page: Page;
let folder: string;
let violations: readonly string[];

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startChromium()]);
  const owner = await signInFirstOwner(product, browser);
  violations = await notePolicyViolations(owner.context);
  page = await owner.context.newPage();
  folder = mkdtempSync(join(tmpdir(), 'vitrine-uploads-'));
  for (const background of ['teal', 'navy', 'plum']) {
    const picture = sharp({ create: { width: 60, height: 40, channels: 3, background } });
    writeFileSync(join(folder, `${background}.png`), await picture.png().toBuffer());
  }
  writeFileSync(join(folder, 'broken.png'), 'no picture at all');
  writeFileSync(join(folder, 'large.bin'), Buffer.alloc(9_000_000, 'vitrine'));
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
  if (folder) rmSync(folder, { recursive: true });
});

const open = (path: string) => page.goto(`${product.api}/dashboard/?path=${path}`);

const choose = async (...names: string[]) => {
  await page.getByRole('button', { name: 'Upload', exact: true }).waitFor();
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(names.map((name) => join(folder, name)));
};

const cell = (name: string) => page.getByRole('gridcell', { name: new RegExp(`^${name} ?,`) });

async function details(path: string): Promise<Record<string, unknown>> {
  const headers = { authorization: `Basic ${btoa(`${product.privateKey}:`)}` };
  const query = new URLSearchParams({ path: path.slice(0, path.lastIndexOf('/')) });
  const listed = await (await fetch(`${product.api}/v1/files?${query}`, { headers })).json();
  return (listed as Record<string, unknown>[]).find(({ filePath }) => filePath === path) ?? {};
}

/** Drops files on the page as a person does. */
const drop = (files: Readonly<Record<string, string>>) =>
  page.evaluate((given) => {
    const transfer = new DataTransfer();
    for (const [name, text] of Object.entries(given)) transfer.items.add(new File([text], name));
    for (const type of ['dragenter', 'dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, files);

describe('an upload', () => {
  it('of a chosen picture is in the folder that is shown, and seen there', async () => {
    await open('/new');
    await choose('teal.png');
    await page.getByText('1 of 1 uploaded').waitFor();
    const picture = cell('teal.png').locator('img');
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(60);
  });

  it('of a file with the name of another is a version of it, when whoever uploads says so', async () => {
    await open('/new');
    await choose('teal.png');
    await page.getByRole('button', { name: 'New version of teal.png' }).click();
    await page.getByText('1 of 1 uploaded').waitFor();
    expect(await details('/new/teal.png')).toMatchObject({ versionInfo: { name: 'Version 2' } });
  });

  it('of several dropped files shows that they may be let go, and takes all of them', async () => {
    await open('/dropped');
    await page.getByRole('button', { name: 'Upload', exact: true }).waitFor();
    await drop({ 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c', 'd.txt': 'd', 'e.txt': 'e' });
    await page.getByText('5 of 5 uploaded').waitFor();
    await expect.poll(() => page.getByRole('gridcell').count()).toBe(5);
    await page.getByRole('button', { name: 'Clear the list' }).click();
    expect(await page.getByRole('region', { name: 'Uploads' }).count()).toBe(0);
  });

  it('of a large file goes to the storage in parts, byte for byte', async () => {
    await open('/large');
    await choose('large.bin');
    await page.getByText('1 of 1 uploaded').waitFor();
    expect(await details('/large/large.bin')).toMatchObject({ size: 9_000_000 });
  });

  it('that is refused says why, and can be tried again', async () => {
    await open('/refused');
    await choose('broken.png');
    await page.getByText('Not uploaded').waitFor();
    expect(await page.locator('.queue-reason').textContent()).toMatch(/picture|image/i);
    await page.getByRole('button', { name: 'Try broken.png again' }).click();
    await page.getByText('Not uploaded').waitFor();
  });

  it('that meets a dropped network says so, and goes through when it is back', async () => {
    await open('/network');
    await page.getByRole('button', { name: 'Upload', exact: true }).waitFor();
    await page.route('**/v1/files/upload', (route) => route.abort('internetdisconnected'));
    await choose('navy.png');
    await page.getByText('No answer came.').waitFor();
    await page.unroute('**/v1/files/upload');
    await page.getByRole('button', { name: 'Try navy.png again' }).click();
    await page.getByText('1 of 1 uploaded').waitFor();
    await cell('navy.png').waitFor();
  });

  it('that is cancelled leaves nothing in the library', async () => {
    await open('/cancelled');
    await page.getByRole('button', { name: 'Upload', exact: true }).waitFor();
    await page.route('**/v1/files/upload', () => undefined);
    await choose('plum.png');
    await page.getByRole('button', { name: 'Cancel plum.png' }).click();
    await page.getByText('Cancelled', { exact: true }).waitFor();
    await page.unroute('**/v1/files/upload');
    expect(await details('/cancelled/plum.png')).toEqual({});
  });
});

it('the policy of the page refuses none of it', () => {
  expect(violations).toEqual([]);
});
