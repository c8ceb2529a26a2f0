import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../../product/product.ts';
import { startChromium } from '../chromium.ts';
import { type AsProgram, asProgram } from './as-program.ts';
import { signInFirstOwner } from './signed-in-browser.ts';

let product: Product;
let browser: Browser;
let page: Page;
let program: AsProgram;

interface Listed {
  readonly name: string;
}

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startChromium()]);
  ({ page } = await signInFirstOwner(product, browser));
  program = asProgram(product);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const open = async (path: string, count: number) => {
  await page.goto(`${product.api}/dashboard/?path=${path}`);
  await expect.poll(() => page.getByRole('gridcell').count()).toBe(count);
};

const notice = (text: string) => page.getByRole('status').filter({ hasText: text });

const files = (path: string) => program.call<Listed[]>('GET', `/v1/files?path=${path}&sort=ASC_NAME`);

const names = async (path: string) => (await files(path)).map(({ name }) => name);

async function three(folder: string, tags = ''): Promise<void> {
  for (const name of ['a.svg', 'b.svg', 'c.svg']) await program.upload(`${folder}/${name}`, { tags });
}

describe('a folder', () => {
  const tree = () => page.getByLabel('Library', { exact: true });

  /** Rows that come while something is dragged move the ones below it away. */
  const treeIsWhole = () => tree().getByRole('link', { name: 'inner', exact: true }).waitFor();

  const folders = async (path: string) =>
    (await program.call<Listed[]>('GET', `/v1/files?path=${path}&type=folder&sort=ASC_NAME`)).map(({ name }) => name);

  it('is moved by dragging it in the tree onto another, and back; whoever looks at it comes along', async () => {
    await three('/tree/from/inner');
    await program.call('POST', '/v1/folder', { folderName: 'into', parentFolderPath: '/tree' });
    await open('/tree/from/inner', 3);
    await treeIsWhole();
    const from = tree().getByRole('link', { name: 'from', exact: true });
    await from.dragTo(tree().getByRole('link', { name: 'into', exact: true }));
    await notice('The folder from is in /tree/into.').waitFor();
    await expect.poll(() => new URL(page.url()).searchParams.get('path')).toBe('/tree/into/from/inner');
    await expect.poll(() => page.getByRole('gridcell').count()).toBe(3);
    expect(await folders('/tree')).toEqual(['into']);
    await notice('The folder from is in').getByRole('button', { name: 'Undo' }).click();
    await notice('The folder from is in /tree.').waitFor();
    await expect.poll(() => new URL(page.url()).searchParams.get('path')).toBe('/tree/from/inner');
    expect(await folders('/tree')).toEqual(['from', 'into']);
    expect(await names('/tree/from/inner')).toEqual(['a.svg', 'b.svg', 'c.svg']);
  });

  it('goes neither into itself nor onto one of its name', async () => {
    await three('/own/from/inner');
    await three('/own/into/from');
    await open('/own/from/inner', 3);
    await treeIsWhole();
    const link = (name: string) => tree().getByRole('link', { name, exact: true });
    const moves: string[] = [];
    page.on('request', (request) => request.url().endsWith('/moveFolder') && moves.push(request.url()));
    await link('from').dragTo(link('inner'));
    await link('from').dragTo(link('into'));
    await notice('There is one of this name already.').waitFor();
    expect(moves).toEqual([]);
    expect(await folders('/own')).toEqual(['from', 'into']);
  });

  it('is moved by keys alone, in a dialog that offers no place within it', async () => {
    await three('/keys/from');
    await program.call('POST', '/v1/folder', { folderName: 'into', parentFolderPath: '/keys' });
    await open('/keys/from', 3);
    await page.getByRole('button', { name: 'Move this folder' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Move this folder' });
    const into = dialog.getByRole('radio', { name: 'into', exact: true });
    await into.waitFor();
    expect(await dialog.getByRole('radio', { name: 'from', exact: true }).isDisabled()).toBe(true);
    await into.focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await notice('The folder from is in /keys/into.').waitFor();
    expect(await folders('/keys/into')).toEqual(['from']);
  });
});
