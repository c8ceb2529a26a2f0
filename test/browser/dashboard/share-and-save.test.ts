import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startChromium()]);
  ({ context } = await signInFirstOwner(product, browser));
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  violations = await notePolicyViolations(context);
  page = await context.newPage();
  program = asProgram(product);
  for (const name of ['lily.svg', 'rose.svg', 'tulip.svg'])
    await program.upload(`/press/${name}`, { tags: name === 'lily.svg' ? 'white' : 'red' });
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const open = (path: string) => page.goto(`${product.api}/dashboard/${path}`);

const notice = (text: string) => page.getByRole('status').filter({ hasText: text });

async function selectAll(): Promise<void> {
  await open('?path=/press');
  await page.getByRole('gridcell').first().click();
  await page.keyboard.press('Control+a');
  await page.getByText('3 files selected').waitFor();
}

async function chooseMore(label: string): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('button', { name: label }).click();
}

describe('a saved search', () => {
  it('is kept with its filters under a name, found again at the side, and taken away and back', async () => {
    await open('?words=rose&tag=red');
    await page.getByRole('gridcell', { name: /^rose\.svg/ }).waitFor();
    await page.getByRole('button', { name: 'Save this search…' }).click();
    await page.getByLabel('Name of the search').fill('Red roses');
    await page.getByLabel('Name of the search').press('Enter');
    await notice('The search Red roses is at the side now.').waitFor();
    await open('');
    const saved = page.getByRole('region', { name: 'Saved searches' });
    await saved.getByRole('link', { name: 'Red roses' }).click();
    await page.getByRole('gridcell', { name: /^rose\.svg/ }).waitFor();
    expect(await page.getByRole('gridcell').count()).toBe(1);
    expect(await saved.getByRole('link', { name: 'Red roses' }).getAttribute('aria-current')).toBe('page');
    await page.getByRole('button', { name: 'Red roses', pressed: true }).waitFor();
    await saved.getByRole('button', { name: 'Delete the search Red roses' }).click();
    await notice('The search Red roses is deleted.').getByRole('button', { name: 'Undo' }).click();
    await saved.getByRole('link', { name: 'Red roses' }).waitFor();
    expect(await program.call('GET', '/v1/saved-searches')).toEqual([]);
  });

  it('that is shared is everybody’s, and one of the API’s is opened in the browser', async () => {
    const search = { name: 'White <b>', searchQuery: 'tags IN ["white"]', sort: 'DESC_NAME', shared: true };
    await program.call('POST', '/v1/saved-searches', search);
    await open('');
    await page.getByRole('link', { name: 'White <b>' }).click();
    await page.getByRole('gridcell', { name: /^lily\.svg/ }).waitFor();
    expect(await page.getByRole('gridcell').count()).toBe(1);
    expect(await page.getByLabel('Sort by').inputValue()).toBe('DESC_NAME');
  });
});

describe('a ZIP', () => {
  it('of the selected files tells how far it is, and is downloaded', async () => {
    await selectAll();
    await chooseMore('Download as ZIP');
    await page.getByText('The ZIP with 3 files is ready.').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the ZIP' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('files.zip');
    const parts: Buffer[] = [];
    for await (const part of await download.createReadStream()) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString('latin1');
    for (const name of ['lily.svg', 'rose.svg', 'tulip.svg']) expect(text).toContain(name);
    await page.getByRole('button', { name: 'Close: ZIP' }).click();
    expect(await page.getByRole('region', { name: 'ZIP' }).count()).toBe(0);
  });
});

describe('a share link', () => {
  it('is made with a life and a password, works for who knows it, is listed and revoked', async () => {
    await selectAll();
    await chooseMore('Share link…');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Title of the page').fill('Press kit');
    await dialog.getByLabel('How long the link holds').selectOption('A day');
    await dialog.getByLabel('Password').fill('short');
    expect(await dialog.getByRole('button', { name: 'Make the link' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Password').fill('tulips and lilies');
    await dialog.getByRole('button', { name: 'Make the link' }).click();
    await dialog.getByRole('button', { name: 'Copy the link' }).click();
    await notice('The link is on your clipboard.').waitFor();
    const url = await page.evaluate(() => navigator.clipboard.readText());

    const stranger = await (await browser.newContext()).newPage();
    await stranger.goto(url);
    await stranger.getByLabel('Password').fill('tulips and lilies');
    await stranger.getByRole('button').click();
    await stranger.getByText('lily.svg').first().waitFor();

    await page.getByRole('link', { name: 'Share links' }).click();
    const line = page.getByRole('listitem').filter({ hasText: 'Press kit' });
    await line.getByText('3 files').waitFor();
    await line.getByText('Password').waitFor();
    const [share] = await program.call<{ expiresAt: string }[]>('GET', '/v1/shares');
    const hours = (Date.parse(share?.expiresAt ?? '') - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23);
    expect(hours).toBeLessThan(25);
    await page.getByRole('button', { name: 'Revoke Press kit' }).click();
    await notice('The link Press kit leads nowhere any more.').waitFor();
    await page.getByText('There are no share links').waitFor();
    expect((await stranger.goto(url))?.status()).toBe(404);
    await stranger.context().close();
  });
});

describe.each([1280, 320])('at %i pixels', (width) => {
  it('dialogs and pages have no fault, and fit', async () => {
    await page.setViewportSize({ width, height: 720 });
    await program.call('POST', '/v1/shares', { folderPath: '/press', name: `Kit ${width}` });
    await open('shares');
    await page.getByText(`Kit ${width}`).waitFor();
    expect(await findFaults(page, { withUndecided: true })).toEqual([]);
    await open('?words=svg');
    await page.getByRole('button', { name: 'Save this search…' }).click();
    await page.getByLabel('Name of the search').waitFor();
    expect(await findFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await selectAll();
    await chooseMore('Share link…');
    await page.getByLabel('Title of the page').waitFor();
    expect(await findFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await chooseMore('Download as ZIP');
    await page.getByText('The ZIP with 3 files is ready.').waitFor();
    expect(await findFaults(page)).toEqual([]);
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0);
  });
});

it('the policy of the page refuses none of it', () => {
  expect(violations).toEqual([]);
});
