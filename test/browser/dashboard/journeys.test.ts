import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../../product/product.ts';
import { startChromium } from '../chromium.ts';
import { type SignedInBrowser, signInFirstOwner } from './signed-in-browser.ts';

let product: Product;
let browser: Browser;
let owner: SignedInBrowser;
let page: Page;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startChromium()]);
  owner = await signInFirstOwner(product, browser);
  ({ page } = owner);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

/** A call of a program, with the private key: somebody else at the same time. */
async function call<T>(method: string, path: string, body?: object): Promise<T> {
  const headers = { authorization: `Basic ${btoa(`${product.privateKey}:`)}`, 'content-type': 'application/json' };
  const answer = await fetch(`${product.api}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  expect(answer.ok, await answer.clone().text()).toBe(true);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

/** A small file of the library. */
async function upload(folder: string, fileName: string, tags = ''): Promise<{ readonly fileId: string }> {
  const form = new FormData();
  form.set(
    'file',
    new Blob([`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><!--${fileName}--></svg>`]),
    fileName,
  );
  for (const [name, value] of Object.entries({ fileName, folder, tags, useUniqueFileName: 'false' }))
    form.set(name, value);
  const headers = { authorization: `Basic ${btoa(`${product.privateKey}:`)}` };
  const answer = await fetch(`${product.api}/api/v1/files/upload`, { method: 'POST', headers, body: form });
  expect(answer.ok, await answer.clone().text()).toBe(true);
  return (await answer.json()) as { fileId: string };
}

const open = (path: string) => page.goto(`${product.api}/dashboard/${path}`);

const cell = (name: string) => page.getByRole('gridcell', { name: new RegExp(`^${name} ?,`) });

const notice = (text: string) => page.getByRole('status').filter({ hasText: text });

describe('browse', () => {
  it('pictures of every ratio are seen whole', async () => {
    await open('?path=/samples');
    await cell('logo.png').waitFor();
    const beyond = await page
      .locator('.thumb img')
      .evaluateAll((images) =>
        images.map((image) => image.clientHeight - (image.parentElement?.clientHeight ?? 0)).filter((by) => by > 0),
      );
    expect(beyond).toEqual([]);
  });

  it('folders lead down, breadcrumbs up, and the way back shows the same as before', async () => {
    await upload('/journey/inner', 'deep.svg');
    await open('');
    await page.getByLabel('Folders', { exact: true }).getByRole('link', { name: 'journey' }).click();
    await page.getByLabel('Folders', { exact: true }).getByRole('link', { name: 'inner' }).click();
    await cell('deep.svg').waitFor();
    expect(new URL(page.url()).searchParams.get('path')).toBe('/journey/inner');
    await page.getByLabel('Path').getByRole('link', { name: 'journey' }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get('path')).toBe('/journey');
    await page.goBack();
    await cell('deep.svg').waitFor();
    expect(await page.title()).toBe('inner – Vitrine');
  });

  it('pictures are small variants of our own engine', async () => {
    await open('?path=/samples');
    const picture = cell('harbour.jpg').locator('img');
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeLessThanOrEqual(320);
    expect(await picture.getAttribute('src')).toContain('tr=w-160,h-160,c-at_max');
  });

  it('the address holds the order and the layout', async () => {
    await open('?path=/samples');
    await page.getByLabel('Sort by').selectOption('DESC_NAME');
    await page.getByRole('button', { name: 'List' }).click();
    await page.reload();
    await cell('poster.jpg').waitFor();
    const names = await page.getByRole('gridcell').evaluateAll((cells) => cells.map((one) => one.textContent));
    expect(names.map((name) => name?.split(',')[0])).toEqual(['poster.jpg', 'logo.png', 'harbour.jpg']);
  });

  it('keys lead through the files, select and open them', async () => {
    await open('?path=/samples');
    await cell('harbour.jpg').focus();
    await page.keyboard.press('End');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('poster.jpg, number 3');
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+ArrowRight');
    expect(await page.getByRole('gridcell', { selected: true }).count()).toBe(2);
    await page.getByText('2 files selected').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('gridcell', { selected: true }).count()).toBe(0);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'logo.png' }).waitFor();
    await page.goBack();
    await cell('logo.png').waitFor();
    expect(await cell('logo.png').getAttribute('tabindex')).toBe('0');
  });

  it('a folder is made where one is', async () => {
    await open('?path=/journey');
    await page.getByRole('button', { name: 'New folder' }).click();
    await page.getByLabel('Name of the folder').fill('made-here');
    await page.keyboard.press('Enter');
    await notice('The folder made-here is there.').waitFor();
    await page.getByLabel('Folders', { exact: true }).getByRole('link', { name: 'made-here' }).click();
    await page.getByRole('heading', { name: 'This folder is empty' }).waitFor();
  });
});

describe('a file', () => {
  it('has its details saved when they are left, and what somebody else changed meanwhile is not overwritten', async () => {
    const { fileId } = await upload('/details', 'edited.svg');
    await open(`file/${fileId}`);
    await page.getByLabel('Description').fill('A square');
    await page.keyboard.press('Tab');
    // Not as a part of “Not saved yet”.
    await page.getByText('Saved', { exact: true }).waitFor();
    await call('PATCH', `/v1/files/${fileId}/details`, { tags: ['from-elsewhere'] });
    await page.getByLabel('Description').fill('Another square');
    await page.getByText('Somebody else changed this file meanwhile').waitFor();
    expect(await page.getByLabel('Description').inputValue()).toBe('Another square');
    expect(await call('GET', `/v1/files/${fileId}/details`)).toMatchObject({ description: 'A square' });
    await page.getByRole('button', { name: 'Show the newest' }).click();
    await expect.poll(() => page.getByLabel('Tags').inputValue()).toBe('from-elsewhere');
    await page.getByLabel('Tags').fill('one, two');
    await expect.poll(() => call('GET', `/v1/files/${fileId}/details`)).toMatchObject({ tags: ['one', 'two'] });
    await call('PATCH', `/v1/files/${fileId}/details`, { tags: ['theirs'] });
    await page.getByLabel('Description').fill('Mine');
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await expect
      .poll(() => call('GET', `/v1/files/${fileId}/details`))
      .toMatchObject({
        ...{ description: 'Mine', tags: ['theirs'] },
      });
  });

  it('has an earlier version made the current one', async () => {
    const { fileId } = await upload('/versions', 'twice.svg');
    await upload('/versions', 'twice.svg');
    await open(`file/${fileId}`);
    await page.getByRole('button', { name: 'Restore Version 1 as the current one' }).click();
    await notice('Version 1 is the current one now.').waitFor();
    expect(await call('GET', `/v1/files/${fileId}/details`)).toMatchObject({ versionInfo: { name: 'Version 1' } });
  });

  it('has its URL copied', async () => {
    const { fileId } = await upload('/details', 'copied.svg');
    await owner.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await open(`file/${fileId}`);
    await page.getByRole('button', { name: 'Copy URL' }).click();
    await notice('The URL is on your clipboard.').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`${product.media}/details/copied.svg`);
  });

  it('that is not there is told in plain words', async () => {
    await open('file/000000000000000000000000');
    await page.getByText('It is not there any more.').waitFor();
  });
});

describe('the trash', () => {
  it('takes selected files, gives them back at once, and later', async () => {
    await upload('/bin', 'one.svg');
    await upload('/bin', 'two.svg');
    await upload('/bin', 'three.svg');
    await open('?path=/bin');
    await cell('one.svg').click();
    await cell('two.svg').click({ modifiers: ['Control'] });
    await page.getByRole('button', { name: 'Move to trash' }).click();
    await notice('2 files are in the trash.').waitFor();
    await expect.poll(() => page.getByRole('gridcell').count()).toBe(1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => page.getByRole('gridcell').count()).toBe(3);
    await cell('three.svg').click();
    await page.getByRole('button', { name: 'Move to trash' }).click();
    await notice('1 file is in the trash.').waitFor();
    await page.getByRole('link', { name: 'Trash' }).click();
    await page.getByRole('button', { name: 'Restore /bin/three.svg' }).click();
    await expect.poll(() => page.getByText('/bin/three.svg').count()).toBe(0);
    await open('?path=/bin');
    await cell('three.svg').waitFor();
  });
});

describe('search', () => {
  beforeEach(() => open(''));

  it('finds by words of names, narrows by a tag, and says when there is nothing', async () => {
    await upload('/found', 'zebra crossing.svg', 'striped');
    await upload('/found', 'zebra.svg');
    await page.getByLabel('Search the library').fill('zebra');
    // The index follows the change in a moment.
    await expect
      .poll(async () => {
        await page.getByLabel('Search the library').press('Enter');
        await page.reload();
        await page.waitForLoadState('networkidle');
        return page.getByRole('gridcell').count();
      })
      .toBe(2);
    await page.getByRole('button', { name: /^striped/ }).click();
    await expect.poll(() => page.getByRole('gridcell').count()).toBe(1);
    await page.getByRole('button', { name: 'Tag: striped' }).click();
    await expect.poll(() => page.getByRole('gridcell').count()).toBe(2);
    await page.getByLabel('Search the library').fill('nosuchword "');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /Nothing found/ }).waitFor();
  });

  it('is a key away', async () => {
    await page.getByRole('link', { name: 'Trash' }).focus();
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('words');
  });
});

describe('the session', () => {
  it('that ends is told, and the way back is kept', async () => {
    const { id } = await call<{ id: string }>('GET', '/v1/people').then(
      (people) => (people as unknown as { id: string }[])[0] ?? { id: '' },
    );
    await open('?path=/samples');
    await cell('harbour.jpg').waitFor();
    await call('DELETE', `/v1/people/${id}/sessions`);
    await page.getByLabel('Sort by').selectOption('DESC_SIZE');
    await page.getByText('Your session has ended.').waitFor();
    expect(await page.getByRole('link', { name: 'Sign in' }).getAttribute('href')).toContain(
      encodeURIComponent('sort=DESC_SIZE'),
    );
  });
});
