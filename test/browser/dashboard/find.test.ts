import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Product, startProduct } from '../../product/product.ts';
import { startChromium } from '../chromium.ts';
import { type AsProgram, asProgram } from './as-program.ts';
import { signInFirstOwner } from './signed-in-browser.ts';

let product: Product;
let browser: Browser;
let page: Page;
let program: AsProgram;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startChromium()]);
  ({ page } = await signInFirstOwner(product, browser));
  program = asProgram(product);
  const schema = { type: 'SingleSelect', selectOptions: ['draft', 'final'] };
  await program.call('POST', '/v1/customMetadataFields', { name: 'stage', label: 'Stage', schema });
  await program.upload('/find/inner/big.txt', { bytes: 'x'.repeat(150_000), tags: 'heavy' });
  await program.upload('/find/small.svg', { tags: 'light' });
  await program.upload('/find/described.svg', { fields: { description: 'A drawing' } });
  await program.upload('/find/staged.svg', { fields: { customMetadata: '{"stage":"final"}', isPrivateFile: 'true' } });
  // The index follows in a moment.
  const query = encodeURIComponent('customMetadata.stage = "final"');
  const indexed = async () =>
    expect(await program.call<unknown[]>('GET', `/v1/files?searchQuery=${query}`)).toHaveLength(1);
  await vi.waitFor(indexed, { timeout: 30_000, interval: 200 });
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const open = (query: string) => page.goto(`${product.api}/dashboard/${query}`);

/** Names of the files that are shown, when there are as many as expected. */
const shown = async () =>
  (
    await page
      .getByRole('gridcell')
      .locator('.cell-name')
      .evaluateAll((links) => links.map((link) => link.getAttribute('title')))
  ).sort();

const chip = (name: string | RegExp) => page.getByRole('group', { name: 'Filters' }).getByRole('button', { name });

it('a folder is narrowed with all below it, and the address holds it', async () => {
  await open('?path=/find');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByLabel('Any size').selectOption('medium');
  await expect.poll(shown).toEqual(['big.txt']);
  await chip('In: /find').waitFor();
  const address = page.url();
  await chip('100 KB to 1 MB').click();
  await expect.poll(shown).toEqual(['big.txt', 'described.svg', 'small.svg', 'staged.svg']);
  await page.goBack();
  await expect.poll(shown).toEqual(['big.txt']);
  expect(page.url()).toBe(address);
  await page.reload();
  await expect.poll(shown).toEqual(['big.txt']);
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect.poll(() => new URL(page.url()).search).toBe('?path=%2Ffind');
});

it('each chip leaves the files that it names', async () => {
  const found: readonly (readonly [set: () => Promise<unknown>, names: readonly string[]])[] = [
    [() => page.getByLabel('Stage').selectOption('final'), ['staged.svg']],
    [() => page.getByLabel('Any state').selectOption('private'), ['staged.svg']],
    [() => page.getByLabel('Any state').selectOption('no-description'), ['big.txt', 'small.svg', 'staged.svg']],
    [() => page.getByLabel('Any time').selectOption('7d'), ['big.txt', 'described.svg', 'small.svg', 'staged.svg']],
    [() => chip(/^txt/).click(), ['big.txt']],
    [() => chip(/^\/find\/inner/).click(), ['big.txt']],
    [() => chip(/^light/).click(), ['small.svg']],
    [() => chip('Other file').click(), ['big.txt']],
  ];
  for (const [set, names] of found) {
    await open('?path=/find&within=/find');
    await expect.poll(shown).toEqual(['big.txt', 'described.svg', 'small.svg', 'staged.svg']);
    await set();
    await expect.poll(shown).toEqual(names);
  }
});

it('nothing found says which filter leaves nothing, and what there is without it', async () => {
  await open('?within=/find&tag=light&size=medium');
  await page.getByRole('heading', { name: 'Nothing found with these filters' }).waitFor();
  await page.getByRole('button', { name: 'Without “Tag: light” there is 1 file' }).click();
  await expect.poll(shown).toEqual(['big.txt']);
});
