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
  readonly fileId: string;
  readonly name: string;
  readonly tags: readonly string[] | null;
  readonly isPrivateFile: boolean;
  readonly isPublished: boolean;
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

const cell = (name: string) => page.getByRole('gridcell', { name: new RegExp(`^${name} ?,`) });

const button = (name: string | RegExp) => page.getByRole('button', { name });

const notice = (text: string) => page.getByRole('status').filter({ hasText: text });

const files = (path: string) => program.call<Listed[]>('GET', `/v1/files?path=${path}&sort=ASC_NAME`);

const names = async (path: string) => (await files(path)).map(({ name }) => name);

async function three(folder: string, tags = ''): Promise<void> {
  for (const name of ['a.svg', 'b.svg', 'c.svg']) await program.upload(`${folder}/${name}`, { tags });
}

/** Paths of changes that are asked for from now on; URLs that are signed to show a picture change nothing. */
function changesFromNow(): readonly string[] {
  const changes: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (request.method() !== 'GET' && !pathname.endsWith('/signed-url')) changes.push(pathname);
  });
  return changes;
}

async function selectFirstTwo(): Promise<void> {
  await cell('a.svg').click();
  await cell('b.svg').click({ modifiers: ['Shift'] });
  await page.getByText('2 files selected').waitFor();
}

describe('a selection', () => {
  it('is changed by clicks, with Shift and Ctrl, and by the box of a file', async () => {
    await three('/choose');
    await open('/choose', 3);
    await cell('a.svg').click();
    await cell('c.svg').click({ modifiers: ['Shift'] });
    await page.getByText('3 files selected').waitFor();
    await cell('b.svg').click({ modifiers: ['Control'] });
    await page.getByText('2 files selected').waitFor();
    await cell('b.svg').locator('.cell-check').click();
    await page.getByText('3 files selected').waitFor();
    await cell('b.svg').click();
    await page.getByText('1 file selected').waitFor();
    await page.getByLabel('Sort by').selectOption('DESC_NAME');
    await expect.poll(() => page.getByText('1 file selected').count()).toBe(0);
  });

  it('of all of a folder takes those in that nobody has scrolled to, without those that are left out, and can be stopped', async () => {
    // As if it came in parts of three, of which the second is on its way.
    const parts = /\/v1\/files\?.*limit=(60|200)/;
    await page.route(parts, (route) => {
      const url = route.request().url();
      if (!url.includes('cursor=')) return route.continue({ url: url.replace('limit=60', 'limit=3') });
    });
    const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    await Promise.all(many.map((name) => program.upload(`/many/${name}.svg`)));
    await open('/many', 3);
    await cell('a.svg').click();
    const all = /\/v1\/files\?.*limit=1000/;
    await page.route(all, () => undefined);
    await button('Select all, also those further down').click();
    await page.getByText('0 files so far').waitFor();
    await button('Stop').click();
    await page.unroute(all);
    await page.getByText('1 file selected').waitFor();
    await button('Select all, also those further down').click();
    await page.getByText('7 files selected').waitFor();
    // What is left out stays so, and what is done is done with the others.
    await cell('c.svg').click({ modifiers: ['Control'] });
    await page.getByText('6 files selected').waitFor();
    await button('Change tags').click();
    await page.getByLabel('Add tags').fill('everywhere');
    await page.keyboard.press('Enter');
    await notice('6 files have the tags.').waitFor();
    const tagged = (await files('/many')).filter(({ tags }) => tags?.includes('everywhere'));
    expect(tagged.map(({ name }) => name)).toEqual(many.filter((name) => name !== 'c').map((name) => `${name}.svg`));
    await button('Undo').click();
    await notice('Taken back for 6 files.').waitFor();
    expect((await files('/many')).every(({ tags }) => tags === null)).toBe(true);
    await page.unroute(parts);
  });
});

describe('selected files', () => {
  it('are moved into a folder that is chosen, and back', async () => {
    await three('/move/from');
    await program.call('POST', '/v1/folder', { folderName: 'into', parentFolderPath: '/move' });
    await open('/move/from', 3);
    await selectFirstTwo();
    const changes = changesFromNow();
    await button('Move to folder').click();
    await page.getByRole('dialog').getByRole('radio', { name: 'into' }).check();
    await page.getByRole('dialog').getByRole('button', { name: 'Move to folder' }).click();
    await notice('2 files are in /move/into.').waitFor();
    expect(await names('/move/into')).toEqual(['a.svg', 'b.svg']);
    // Two are one call, as a hundred are: writes are few in a second.
    expect(changes).toEqual(['/v1/files/batch/moveByFileIds']);
    await button('Undo').click();
    await notice('Taken back for 2 files.').waitFor();
    expect(await names('/move/from')).toEqual(['a.svg', 'b.svg', 'c.svg']);
  });

  it('are moved by dragging them onto a folder', async () => {
    await three('/drag');
    await program.call('POST', '/v1/folder', { folderName: 'target', parentFolderPath: '/drag' });
    await open('/drag', 3);
    await selectFirstTwo();
    await cell('b.svg').dragTo(
      page.getByLabel('Folders', { exact: true }).getByRole('link', { name: 'target' }).first(),
    );
    await notice('2 files are in /drag/target.').waitFor();
    expect(await names('/drag/target')).toEqual(['a.svg', 'b.svg']);
  });

  it('that cannot be moved are named with the reason, and the others are moved', async () => {
    await three('/taken/from');
    await program.upload('/taken/into/a.svg');
    await open('/taken/from', 3);
    await selectFirstTwo();
    await page.keyboard.press('m');
    await page.getByRole('dialog').getByRole('radio', { name: 'into' }).check();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('region', { name: 'Move', exact: true });
    await panel.getByText('did not work with 1 item').waitFor();
    expect(await panel.getByRole('listitem').textContent()).toMatch(/^a\.svg.*already/);
    await notice('1 file is in /taken/into.').waitFor();
    expect(await names('/taken/from')).toEqual(['a.svg', 'c.svg']);
    await panel.getByRole('button', { name: 'Close' }).click();
    expect(await panel.count()).toBe(0);
  });

  it('lose a tag that is taken, and have it back afterwards where it was', async () => {
    await program.upload('/tags/a.svg', { tags: 'old,kept' });
    await program.upload('/tags/b.svg');
    await open('/tags', 2);
    await selectFirstTwo();
    await page.keyboard.press('t');
    await page.getByRole('dialog').getByRole('button', { name: /^old/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await notice('The tags are taken from 2 files.').waitFor();
    expect((await files('/tags')).map(({ tags }) => tags)).toEqual([['kept'], null]);
    await button('Undo').click();
    await notice('Taken back for 2 files.').waitFor();
    expect((await files('/tags')).map(({ tags }) => tags?.toSorted() ?? null)).toEqual([['kept', 'old'], null]);
  });

  it('are made private and drafts, and taken back', async () => {
    await three('/seen');
    await open('/seen', 3);
    await selectFirstTwo();
    const changes = changesFromNow();
    await button('More').click();
    await button('Make private').click();
    await notice('2 files are private.').waitFor();
    expect(changes).toEqual(['/v1/files/batch/updateByFileIds']);
    expect((await files('/seen')).map((file) => file.isPrivateFile)).toEqual([true, true, false]);
    await button('Undo').click();
    await notice('Taken back for 2 files.').waitFor();
    expect((await files('/seen')).map((file) => file.isPrivateFile)).toEqual([false, false, false]);
    await selectFirstTwo();
    await button('More').click();
    await button('Make a draft').click();
    await notice('2 files are drafts.').waitFor();
    expect((await files('/seen')).map((file) => file.isPublished)).toEqual([false, false, true]);
    await selectFirstTwo();
    await button('More').click();
    await button('Publish').click();
    await notice('2 files are published.').waitFor();
    expect((await files('/seen')).map((file) => file.isPublished)).toEqual([true, true, true]);
  });

  it('are left as they are once somebody stops it', async () => {
    // One more than a call takes.
    const many = Array.from({ length: 51 }, (_, number) => `${String(number).padStart(2, '0')}.svg`);
    for (let at = 0; at < many.length; at += 10) {
      await Promise.all(many.slice(at, at + 10).map((name) => program.upload(`/stopped/${name}`)));
    }
    await page.goto(`${product.api}/dashboard/?path=/stopped`);
    await cell('00.svg').click();
    await page.keyboard.press('Control+a');
    let letOn = () => {};
    const held = new Promise<void>((resolve) => {
      letOn = resolve;
    });
    await page.route('**/addTags', async (route) => {
      await held;
      await route.continue();
    });
    await page.keyboard.press('t');
    await page.getByLabel('Add tags').fill('stopped');
    await page.keyboard.press('Enter');
    const panel = page.getByRole('region', { name: 'Change tags', exact: true });
    await panel.getByText('0 of 51').waitFor();
    await panel.getByRole('button', { name: 'Stop' }).click();
    letOn();
    await notice('50 files have the tags.').waitFor();
    await page.unroute('**/addTags');
    expect(await panel.count()).toBe(0);
    expect((await files('/stopped')).filter(({ tags }) => tags === null).map(({ name }) => name)).toEqual(['50.svg']);
  });

  it('that are used go only when it is said once more', async () => {
    await three('/used');
    const [first] = await files('/used');
    const link = { url: 'https://shop.example/home', label: 'Home page' };
    await program.call('POST', `/v1/files/${first?.fileId}/references`, link);
    await open('/used', 3);
    await selectFirstTwo();
    await page.keyboard.press('Delete');
    const panel = page.getByRole('region', { name: 'Move to trash' });
    await panel.getByText('It is used elsewhere').waitFor();
    expect(await names('/used')).toEqual(['a.svg', 'c.svg']);
    await panel.getByRole('button', { name: 'Move to trash although it is used' }).click();
    await expect.poll(() => names('/used')).toEqual(['c.svg']);
  });

  it('are deleted for ever only when their number is typed', async () => {
    await three('/ever');
    await open('/ever', 3);
    await selectFirstTwo();
    await button('More').click();
    await button('Delete for ever…').click();
    const dialog = page.getByRole('dialog');
    const confirm = dialog.getByRole('button', { name: 'Delete for ever…' });
    await dialog.getByLabel('Type “delete 2 files”').fill('delete 3 files');
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByLabel('Type “delete 2 files”').fill('delete 2 files');
    await confirm.click();
    await notice('2 files are deleted for ever.').waitFor();
    expect(await names('/ever')).toEqual(['c.svg']);
    const trash = await program.call<{ path: string }[]>('GET', '/v1/trash');
    expect(trash.filter(({ path }) => path.startsWith('/ever'))).toEqual([]);
  });
});

describe('the trash', () => {
  it('gives several back at once, and is emptied when its words are typed', async () => {
    await three('/bin');
    await open('/bin', 3);
    await cell('a.svg').click();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await notice('3 files are in the trash.').waitFor();
    await page.getByRole('link', { name: 'Trash' }).click();
    await page.getByRole('checkbox', { name: /\/bin\/a\.svg/ }).check();
    await page.getByRole('checkbox', { name: /\/bin\/b\.svg/ }).check();
    await button('Restore 2 items').click();
    await notice('2 items are back.').waitFor();
    expect(await names('/bin')).toEqual(['a.svg', 'b.svg']);
    await button('Empty the trash…').click();
    const dialog = page.getByRole('dialog');
    const label = await dialog.locator('label', { hasText: 'delete' }).textContent();
    await dialog.getByRole('textbox').fill(/“(.*)”/.exec(label ?? '')?.[1] ?? '');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'The trash is empty' }).waitFor();
    expect(await program.call('GET', '/v1/trash')).toEqual([]);
  });
});
