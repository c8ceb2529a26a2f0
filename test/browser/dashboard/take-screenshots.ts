import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Product, startProduct } from '../../product/product.ts';
import { startChromium } from '../chromium.ts';
import { animationsEnd } from './animations-end.ts';
import { asProgram } from './as-program.ts';
import { signInFirstOwner } from './signed-in-browser.ts';

/* `npm run screenshots -- FOLDER`: every page of the dashboard as PNG, for the eyes of whoever changes it. */

const LOOKS = [
  { name: 'light', width: 1280, height: 800, colorScheme: 'light' },
  { name: 'dark', width: 1280, height: 800, colorScheme: 'dark' },
  { name: 'narrow', width: 320, height: 640, colorScheme: 'light' },
] as const;

/** Pictures beside the samples: a name, and the variant of a sample that it is. */
const PICTURES = {
  'harbour-at-night.jpg': 'harbour.jpg?tr=w-900,e-grayscale,f-jpg',
  'harbour-square.jpg': 'harbour.jpg?tr=w-700,h-700,fo-auto,f-jpg',
  'harbour-sail.jpg': 'harbour.jpg?tr=w-500,h-700,x-200,y-200,cm-extract,f-jpg',
  'harbour-blurred.jpg': 'harbour.jpg?tr=w-800,bl-20,f-jpg',
  'logo-small.png': 'logo.png?tr=w-120,f-png',
  'logo-turned.png': 'logo.png?tr=w-400,rt-90,f-png',
  'poster-detail.jpg': 'poster.jpg?tr=w-400,h-300,fo-top,f-jpg',
  'poster-grey.jpg': 'poster.jpg?tr=w-500,e-grayscale,f-jpg',
} as const;

const FOLDER = '/campaign';

async function upload(product: Product, name: string, variant: string): Promise<string> {
  const bytes = await (await fetch(`${product.media}/samples/${variant}`)).arrayBuffer();
  const form = new FormData();
  form.set('file', new Blob([bytes]), name);
  for (const [key, value] of Object.entries({ fileName: name, folder: FOLDER, tags: 'spring,web' }))
    form.set(key, value);
  form.set('useUniqueFileName', 'false');
  const headers = { authorization: `Basic ${btoa(`${product.privateKey}:`)}` };
  const answer = await fetch(`${product.api}/api/v1/files/upload`, { method: 'POST', headers, body: form });
  if (!answer.ok) throw new Error(`${name} was not uploaded: ${await answer.text()}`);
  return ((await answer.json()) as { fileId: string }).fileId;
}

/** Of each page its name, its address, and what is there when it is drawn. */
const pagesOf = (fileId: string): readonly (readonly [name: string, path: string, text: string])[] => [
  ['library', '', 'campaign'],
  ['grid', `?path=${FOLDER}`, 'harbour-square.jpg'],
  ['list', `?path=${FOLDER}&layout=list`, 'harbour-square.jpg'],
  ['found', '?words=harbour', 'harbour-sail.jpg'],
  ['nothing-found', '?words=zeppelin', 'Nothing found'],
  ['file', `file/${fileId}`, 'Version 1'],
  ['shares', 'shares', 'Press kit'],
  ['trash', 'trash', 'Restore'],
];

async function take(page: Page, file: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  await animationsEnd(page);
  await page.screenshot({ path: file });
}

/** What is over a page. @param start of the files' names */
async function takeDialogs(page: Page, fileId: string, start: string): Promise<void> {
  const { origin } = new URL(page.url());
  await page.goto(`${origin}/dashboard/file/${fileId}`);
  await page.getByRole('button', { name: 'Compare Version 1' }).click();
  await page.getByRole('slider', { name: '50 % of Version 1' }).waitFor();
  await take(page, `${start}-compare.png`);
  await page.goto(`${origin}/dashboard/?path=${FOLDER}`);
  await page.getByRole('gridcell').first().click();
  await page.keyboard.press('Control+a');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await take(page, `${start}-selected.png`);
  await page.getByRole('button', { name: 'Share link…' }).click();
  await page.getByLabel('Title of the page').waitFor();
  await take(page, `${start}-share.png`);
}

/** A queue with what it can show: done, on its way, refused, and asked about. */
async function takeUploads(product: Product, page: Page, file: string): Promise<void> {
  await page.goto(`${product.api}/dashboard/?path=${FOLDER}`);
  await page.getByRole('button', { name: 'Upload', exact: true }).waitFor();
  const isLast = (url: URL) => url.origin !== product.api && url.searchParams.get('partNumber') === '2';
  await page.route(isLast, () => undefined);
  const text = (name: string, words: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(words) });
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([
      text(`notes-${randomUUID().slice(0, 4)}.txt`, randomUUID()),
      text('harbour-square.jpg', 'other bytes'),
      text('broken.png', 'no picture'),
      { name: 'film.mp4', mimeType: 'video/mp4', buffer: randomBytes(20_000_000) },
    ]);
  for (const words of ['1 of 4 uploaded', 'Not uploaded', 'There already', 'a second'])
    await page.getByText(words).first().waitFor();
  await page.screenshot({ path: file });
  await page.getByRole('button', { name: 'Cancel film.mp4' }).click();
  await page.getByRole('button', { name: 'Skip harbour-square.jpg' }).click();
  await page.getByRole('button', { name: 'Clear the list' }).click();
  await page.unroute(isLast);
}

async function takeAll(product: Product, browser: Browser, folder: string): Promise<void> {
  const ids = await Promise.all(Object.entries(PICTURES).map(([name, variant]) => upload(product, name, variant)));
  // A second version, to be compared with the first.
  await upload(product, 'harbour-square.jpg', 'harbour.jpg?tr=w-700,h-700,fo-auto,e-grayscale,f-jpg');
  const program = asProgram(product);
  await program.call('DELETE', `/v1/files/${ids.at(-1)}`);
  await program.call('POST', '/v1/shares', { folderPath: FOLDER, name: 'Press kit', password: 'tulips and lilies' });
  const search = { name: 'Harbour pictures', searchQuery: 'name HAS "harbour"', shared: true };
  await program.call('POST', '/v1/saved-searches', search);
  const { context, page } = await signInFirstOwner(product, browser);
  for (const { name: look, width, height, colorScheme } of LOOKS) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    for (const [name, path, text] of pagesOf(ids[0] ?? '')) {
      await page.goto(`${product.api}/dashboard/${path}`);
      await page.getByText(text).filter({ visible: true }).first().waitFor();
      await take(page, join(folder, `${name}-${look}.png`));
    }
    await takeDialogs(page, ids[1] ?? '', join(folder, look));
    await takeUploads(product, page, join(folder, `upload-${look}.png`));
  }
  await context.close();
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Usage: npm run screenshots -- FOLDER');
mkdirSync(folder, { recursive: true });
const [product, browser] = await Promise.all([startProduct(), startChromium()]);
try {
  await takeAll(product, browser, folder);
  console.log(`The pages are in ${folder}.`);
} finally {
  await browser.close();
  await product.stop();
}
