import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../../product/product.ts';
import { startChromium } from '../chromium.ts';
import { type AsProgram, asProgram } from './as-program.ts';
import { findFaults } from './find-faults.ts';
import { notePolicyViolations } from './policy-violations.ts';
import { signInFirstOwner } from './signed-in-browser.ts';

let product: Product;
let browser: Browser;
let page: Page;
let program: AsProgram;
let violations: readonly string[];
let fileId: string;
let url: string;

/** Red on the left, blue on the right: a crop tells which side it is of. */
async function twoSides(): Promise<Uint8Array<ArrayBuffer>> {
  const half = (background: string) => sharp({ create: { width: 400, height: 400, channels: 3, background } });
  const right = await half('blue').png().toBuffer();
  const whole = half('red')
    .extend({ right: 400, background: 'red' })
    .composite([{ input: right, left: 400, top: 0 }]);
  return new Uint8Array(await whole.png().toBuffer());
}

/** A picture of one colour. */
async function plain(background: string): Promise<Uint8Array<ArrayBuffer>> {
  const picture = sharp({ create: { width: 400, height: 300, channels: 3, background } });
  return new Uint8Array(await picture.png().toBuffer());
}

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startChromium()]);
  const owner = await signInFirstOwner(product, browser);
  await owner.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  violations = await notePolicyViolations(owner.context);
  page = await owner.context.newPage();
  program = asProgram(product);
  const schema = { type: 'SingleSelect', selectOptions: ['draft', 'final'] };
  await program.call('POST', '/v1/customMetadataFields', { name: 'stage', label: 'Stage', schema });
  ({ fileId, url } = await program.upload('/page/two-sides.png', { bytes: await twoSides() }));
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const open = (id = fileId) => page.goto(`${product.api}/dashboard/file/${id}`);

const details = (id = fileId) => program.call<Record<string, unknown>>('GET', `/v1/files/${id}/details`);

const notice = (text: string) => page.getByRole('status').filter({ hasText: text });

const copied = async () => {
  await page.getByRole('button', { name: 'Copy URL' }).click();
  await notice('The URL is on your clipboard.').last().waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
};

describe('a file', () => {
  beforeEach(() => open());

  it('is looked at closely', async () => {
    const picture = page.getByLabel('Preview').getByRole('img');
    await page.getByRole('button', { name: 'Larger' }).click();
    await page.getByText('100 %').waitFor();
    await page.getByRole('button', { name: 'Larger' }).click();
    await page.getByText('200 %').waitFor();
    await expect.poll(() => picture.evaluate((image) => image.clientWidth)).toBe(1600);
    await page.getByRole('button', { name: 'Fit' }).click();
    await expect.poll(() => picture.evaluate((image) => image.clientWidth)).toBeLessThanOrEqual(960);
  });

  it('has a point that crops of the engine look at, set by a click or by keys, and taken away', async () => {
    const picture = page.locator('.focal-picture');
    await expect.poll(() => picture.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(320);
    const { width = 0 } = (await picture.boundingBox()) ?? {};
    await picture.click({ position: { x: width * 0.9, y: 20 } });
    const crop = page.getByRole('img', { name: 'Crop 90 × 160' });
    await crop.waitFor();
    const [x = 0] = String((await details()).customCoordinates)
      .split(',')
      .map(Number);
    expect(x).toBeGreaterThan(600);
    const address = (await crop.getAttribute('src')) ?? '';
    const shown = await sharp(await (await fetch(address)).arrayBuffer()).stats();
    expect(shown.dominant.b).toBeGreaterThan(shown.dominant.r);
    await page.getByLabel('From left to right').press('Home');
    await expect.poll(async () => String((await details()).customCoordinates)).toMatch(/^0,/);
    await page.getByRole('button', { name: 'Take the point away' }).click();
    await expect.poll(async () => (await details()).customCoordinates).toBeNull();
  });

  it('keeps a point that was set while the one before it was being saved', async () => {
    const slider = page.getByLabel('From left to right');
    const saves: (() => Promise<void>)[] = [];
    await page.route(`**/v1/files/${fileId}/details`, (route) =>
      route.request().method() === 'PATCH' ? void saves.push(() => route.continue()) : route.continue(),
    );
    await slider.press('Home');
    await expect.poll(() => saves.length).toBe(1);
    await slider.press('End');
    const saved = page.waitForResponse((answer) => answer.request().method() === 'PATCH');
    await saves[0]?.();
    await saved;
    expect(await slider.inputValue()).toBe('100');
    await expect.poll(() => saves.length).toBe(2);
    await saves[1]?.();
    await expect.poll(async () => String((await details()).customCoordinates)).toMatch(/^720,/);
    await page.unroute(`**/v1/files/${fileId}/details`);
    await page.getByRole('button', { name: 'Take the point away' }).click();
    await expect.poll(async () => (await details()).customCoordinates).toBeNull();
  });

  it('has its custom fields filled', async () => {
    await page.getByLabel('Stage').selectOption('final');
    await expect.poll(async () => (await details()).customMetadata).toMatchObject({ stage: 'final' });
    await page.getByLabel('Stage').selectOption('No value');
    await expect.poll(async () => (await details()).customMetadata).toEqual({});
  });

  it('says where it is used, and what was done with it', async () => {
    const link = { url: 'https://shop.example/home', label: 'Home page' };
    await program.call('POST', `/v1/files/${fileId}/references`, link);
    await program.call('POST', `/v1/files/${fileId}/references`, { url: 'https://shop.example/<b>', label: '<b>' });
    await open();
    const used = page.getByRole('region', { name: 'Where it is used' });
    expect(await used.getByRole('link', { name: 'Home page' }).getAttribute('href')).toBe(link.url);
    await used.getByText('<b>').waitFor();
    const activity = page.getByRole('region', { name: 'Activity' });
    await activity.getByText('Uploaded').waitFor();
    await activity.getByText('Details changed').first().waitFor();
  });

  it('has its URL copied as HTML, Markdown and code', async () => {
    const plain = url.split('?')[0];
    await page.getByLabel('Copy as').selectOption('markdown');
    expect(await copied()).toBe(`![two-sides.png](${plain})`);
    await page.getByLabel('Copy as').selectOption('html');
    expect(await copied()).toContain(`srcset="${plain}?tr=w-320 320w, ${plain}?tr=w-640 640w"`);
    await page.getByLabel('Copy as').selectOption('sdk');
    expect(await copied()).toContain('"src": "/page/two-sides.png"');
  });
});

describe('an animation', () => {
  it('is looked at frame by frame, by keys', async () => {
    const frame = (background: string) =>
      sharp({ create: { width: 40, height: 40, channels: 3, background } })
        .png()
        .toBuffer();
    const frames = await Promise.all(['red', 'lime', 'blue'].map(frame));
    const gif = await sharp(frames, { join: { animated: true } })
      .gif({ delay: [100, 100, 100] })
      .toBuffer();
    const { fileId: id } = await program.upload('/page/moving.gif', { bytes: new Uint8Array(gif) });
    await open(id);
    const slider = page.getByRole('slider', { name: 'Frame 1 of 3' });
    await slider.press('ArrowRight');
    await page.getByRole('slider', { name: 'Frame 2 of 3' }).waitFor();
    const picture = page.getByLabel('Preview').getByRole('img');
    await expect.poll(() => picture.getAttribute('src')).toContain('tr=pg-2');
    const shown = await fetch((await picture.getAttribute('src')) ?? '');
    const { dominant } = await sharp(await shown.arrayBuffer()).stats();
    expect(dominant.g).toBeGreaterThan(dominant.r + dominant.b);
  });
});

describe('an earlier version', () => {
  it('is compared with the current one by a slider, with keys and with a pointer', async () => {
    const { fileId: id } = await program.upload('/page/twice.png', { bytes: await plain('red') });
    await program.upload('/page/twice.png', { bytes: await plain('blue') });
    await open(id);
    const compare = page.getByRole('button', { name: 'Compare Version 1 with the current one' });
    await compare.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Version 1 and Version 2' });
    const earlier = dialog.getByRole('img', { name: 'Version 1' });
    await expect.poll(() => earlier.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(400);
    // What is seen left and right of the line.
    const colours = async () => {
      const seen = sharp(await dialog.locator('.compare').screenshot());
      const { width = 0, height = 0 } = await seen.metadata();
      const at = async (left: number) => {
        const spot = seen.clone().extract({ left: Math.round(left), top: Math.round(height / 2), width: 4, height: 4 });
        const { channels } = await sharp(await spot.png().toBuffer()).stats();
        return (channels[0]?.mean ?? 0) > (channels[2]?.mean ?? 0) ? 'red' : 'blue';
      };
      return [await at(width * 0.2), await at(width * 0.8)];
    };
    await expect.poll(colours).toEqual(['red', 'blue']);
    expect(await findFaults(page)).toEqual([]);
    const slider = dialog.getByRole('slider');
    await slider.press('End');
    await expect.poll(colours).toEqual(['red', 'red']);
    await slider.press('Home');
    await expect.poll(colours).toEqual(['blue', 'blue']);
    const { x = 0, y = 0, width = 0, height = 0 } = (await slider.boundingBox()) ?? {};
    await page.mouse.click(x + width / 2, y + height / 2);
    await expect.poll(colours).toEqual(['red', 'blue']);
    await page.keyboard.press('Escape');
    await expect.poll(() => compare.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});

describe('a private file', () => {
  it('is seen in the list and on its page by URLs that end, and its URL is signed for as long as is chosen', async () => {
    const fields = { isPrivateFile: 'true' };
    const hidden = await program.upload('/private/hidden.png', { bytes: await twoSides(), fields });
    expect((await fetch(hidden.url)).status).toBe(401);
    await page.goto(`${product.api}/dashboard/?path=/private`);
    const thumbnail = page.getByRole('gridcell').getByRole('presentation').or(page.locator('.cell img'));
    await expect.poll(() => thumbnail.first().evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(160);
    await open(hidden.fileId);
    const preview = page.getByLabel('Preview').getByRole('img');
    await expect.poll(() => preview.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(800);
    await page.getByLabel('How long the URL holds').selectOption('Signed for a day');
    const signed = await copied();
    expect((await fetch(signed)).status).toBe(200);
    const life = Number(new URL(signed).searchParams.get('ik-t')) - Date.now() / 1000;
    expect(life).toBeGreaterThan(86_000);
    expect(life).toBeLessThanOrEqual(86_400);
  });

  it('has an earlier version compared with the current one, by URLs that are signed for each', async () => {
    const fields = { isPrivateFile: 'true' };
    const { fileId: id } = await program.upload('/private/twice.png', { bytes: await plain('red'), fields });
    await program.upload('/private/twice.png', { bytes: await plain('blue'), fields });
    await open(id);
    await page.getByRole('button', { name: 'Compare Version 1 with the current one' }).click();
    const dialog = page.getByRole('dialog', { name: 'Version 1 and Version 2' });
    for (const [version, colour] of [
      ['Version 1', 'r'],
      ['Version 2', 'b'],
    ] as const) {
      const picture = dialog.getByRole('img', { name: version });
      await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(400);
      const address = new URL((await picture.getAttribute('src')) ?? '');
      expect(address.searchParams.get('ik-s')).toMatch(/^[0-9a-f]{40}$/);
      const { dominant } = await sharp(await (await fetch(address)).arrayBuffer()).stats();
      expect(dominant[colour], version).toBeGreaterThan(200);
      address.searchParams.delete('ik-s');
      expect((await fetch(address)).status).toBe(401);
    }
    await page.keyboard.press('Escape');
  });
});

it('the policy of the page refuses none of it', () => {
  expect(violations).toEqual([]);
});
