import type { BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { expect } from 'vitest';
import { startChromium } from '../test/browser/chromium.ts';
import { type AsProgram, asProgram } from '../test/browser/dashboard/as-program.ts';
import { signInFirstOwner } from '../test/browser/dashboard/signed-in-browser.ts';
import type { Product } from '../test/product/product.ts';
import { FOLDER, nameOf, startWithManyFiles } from './dashboard/many-files.ts';
import type { PageElement, PageWindow } from './dashboard/page-window.ts';
import { type Held, held, scrollDown } from './dashboard/scroll.ts';
import type { Proof, Report } from './proof.ts';
import { waitUntil } from './wait-until.ts';

/** Of the grid, at any time. */
const MOST_NODES = 1500;
/** Of the page, as of the listeners, which React puts at its root. */
const MOST_LISTENERS = 800;
const MOST_SHIFT = 0.05;

/** What the heap may be in the last tenth, measured by the first one. */
const GROWTH = 1.1;

/** Bytes by which a small heap may differ for no reason. */
const NOTHING_BYTES = 1_000_000;

/** Bytes of the heap that a selection takes at most, of however many files. */
const SELECTED_BYTES = 2_000_000;

/** Seconds of scripts for a thousand rows; five times as many in the small size, which runs beside other work. */
const SCRIPTING = 20;

/** Milliseconds until the first picture; the small size runs beside other work. */
const FIRST_PICTURE = 1000;
const BESIDE_OTHERS = 5;

/** Real Chromium on the running product, whose table holds many files. It runs the attack UI-006. */
export const DASHBOARD_GRID: Proof<{ assets: number; rows: number; acted: number }> = {
  name: 'dashboard-grid',
  sentence:
    'However many files a folder has, its grid shows the first picture within a second, has less than 1,500 elements and a flat heap, all of them selected included, and what is done with files that were scrolled past is done with these and no other.',
  small: { assets: 3000, rows: 200, acted: 250 },
  full: { assets: 100_000, rows: 10_000, acted: 2000 },
  async run({ assets, rows, acted }, _seed, report) {
    const isFull = rows >= 1000;
    const patience = isFull ? 1 : BESIDE_OTHERS;
    await using many = await startWithManyFiles(assets, report);
    const browser = await startChromium();
    try {
      const { context } = await signInFirstOwner(many.product, browser);
      const page = await context.newPage();
      const first = await firstPicture(page, many.product);
      expect(first, 'milliseconds to the first picture').toBeLessThan(FIRST_PICTURE * patience);
      await standInForPictures(context, many.product);
      const scrolled = await scrollAll(page, rows, report);
      expect(scrolled.scripting, 'seconds of scripts for 1000 rows').toBeLessThan(SCRIPTING * patience);
      const shift = await layoutShift(page);
      expect(shift, 'layout shift').toBeLessThan(MOST_SHIFT);
      await comeBack(page);
      await actOnPassed(page, asProgram(many.product), acted, assets);
      return {
        files: assets,
        'rows scrolled': rows,
        'milliseconds to the first picture': Math.round(first),
        'most elements of the grid': scrolled.nodes,
        'listeners at the end': scrolled.last.listeners,
        'kilobytes of heap after the first tenth': Math.round(scrolled.first.heap / 1000),
        'kilobytes of heap at the end': Math.round(scrolled.last.heap / 1000),
        'milliseconds of scripts for 1000 rows': Math.round(scrolled.scripting * 1000),
        'files changed that were scrolled past': acted,
      };
    } finally {
      await browser.close();
    }
  },
};

/** Of a server that has answered before, and a browser that has kept nothing. @returns the best of three, in milliseconds */
async function firstPicture(page: Page, { api }: Product): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  await page.addInitScript(() => {
    const seen = globalThis as unknown as PageWindow;
    seen.shift = 0;
    const look = ({ target }: { readonly target: PageElement }) => {
      if (target.closest?.('.cell')) seen.firstPicture ??= performance.now();
    };
    seen.document.addEventListener('load', look, true);
    new seen.PerformanceObserver((list) => {
      for (const { value } of list.getEntries()) seen.shift += value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    await page.goto(`${api}/dashboard/?path=${FOLDER}`);
    const shown = await page.waitForFunction(() => (globalThis as unknown as PageWindow).firstPicture);
    times.push((await shown.jsonValue()) ?? Number.POSITIVE_INFINITY);
  }
  await session.detach();
  return Math.min(...times);
}

const layoutShift = (page: Page): Promise<number> => page.evaluate(() => (globalThis as unknown as PageWindow).shift);

/** From here on the page is measured, and the engine is not: every picture is the same one, under its own address. */
async function standInForPictures(context: BrowserContext, { media }: Product): Promise<void> {
  const picture = sharp({ create: { width: 160, height: 120, channels: 3, background: 'teal' } });
  const body = await picture.webp().toBuffer();
  await context.route(`${media}/**`, (route) => route.fulfill({ contentType: 'image/webp', body }));
}

interface Scrolled {
  readonly first: Held;
  readonly last: Held;
  readonly nodes: number;
  /** Seconds for 1000 rows. */
  readonly scripting: number;
}

async function scrollAll(page: Page, rows: number, report: Report): Promise<Scrolled> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const tenths: Held[] = [];
  let nodes = 0;
  const begin = await held(session);
  for (let tenth = 1; tenth <= 10; tenth++) {
    const passed = await scrollDown(page, rows / 10);
    expect(passed.rows, `rows of part ${tenth}`).toBe(rows / 10);
    nodes = Math.max(nodes, passed.nodes);
    const now = await held(session);
    tenths.push(now);
    report(
      `${tenth} of 10 parts: ${passed.nodes} elements, ${Math.round(now.heap / 1000)} KB, ${now.listeners} listeners`,
    );
  }
  const [first, last] = [tenths[0], tenths[9]] as [Held, Held];
  const heaps = tenths.map(({ heap }) => Math.round(heap / 1000)).join(', ');
  expect(nodes, 'elements of the grid').toBeLessThan(MOST_NODES);
  expect(last.listeners, 'listeners').toBeLessThanOrEqual(MOST_LISTENERS);
  expect(last.heap, `heap in KB: ${heaps}`).toBeLessThan(first.heap * GROWTH + NOTHING_BYTES);
  await session.detach();
  return { first, last, nodes, scripting: ((last.scripting - begin.scripting) / rows) * 1000 };
}

/** By keys to the first file, which was let go of meanwhile, and by the way back to where somebody was. */
async function comeBack(page: Page): Promise<void> {
  const top = () =>
    page.evaluate(() => (globalThis as unknown as PageWindow).document.querySelector('.scroller')?.scrollTop ?? -1);
  const far = await top();
  await page
    .getByRole('gridcell', { name: nameOf(await secondRowSeen(page)) })
    .getByRole('link')
    .click();
  await page.getByRole('heading', { name: /^photo/ }).waitFor();
  await page.goBack();
  await page
    .getByRole('gridcell', { name: /^photo/ })
    .first()
    .waitFor();
  expect(Math.abs((await top()) - far), 'pixels beside where the list was left').toBeLessThan(300);
  await page.keyboard.press('Escape');
  await page.locator('.cell[tabindex="0"]').focus();
  await page.keyboard.press('Control+Home');
  await waitUntil('the first file has the focus', async () => (await focusedName(page)).includes(nameOf(0)), 30);
}

/** Position of a file that is seen whole, so that a click on it scrolls nothing. */
const secondRowSeen = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { document } = globalThis as unknown as PageWindow;
    const scroller = document.querySelector('.scroller') as PageElement;
    const row = document.querySelector('.row') as PageElement;
    return (Math.ceil(scroller.scrollTop / row.offsetHeight) + 1) * row.childElementCount;
  });

const focusedName = (page: Page): Promise<string> =>
  page.evaluate(() => (globalThis as unknown as PageWindow).document.activeElement?.textContent ?? '');

/** Shift leads over files that are not at hand; what is done is done with exactly these. All of the folder are as many as there are. */
async function actOnPassed(page: Page, program: AsProgram, acted: number, assets: number): Promise<void> {
  await page.keyboard.press('Space');
  await goTo(page, acted);
  await page.getByRole('gridcell', { name: nameOf(acted - 1) }).click({ modifiers: ['Shift'] });
  await page.getByText(`${acted.toLocaleString('en')} files selected`).waitFor({ timeout: 120_000 });
  await page.keyboard.press('t');
  await page.getByLabel('Add tags').fill('passed');
  await page.keyboard.press('Enter');
  await page.getByText(`${acted.toLocaleString('en')} files have the tags.`).waitFor({ timeout: 3_000_000 });
  expect(await namesWith(program, 'passed', acted)).toEqual(Array.from({ length: acted }, (_, at) => nameOf(at)));
  await page.getByRole('gridcell', { name: nameOf(acted - 1) }).click();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const before = await held(session);
  await page.keyboard.press('Control+a');
  await page.getByText(`${assets.toLocaleString('en')} files selected`).waitFor({ timeout: 600_000 });
  const after = await held(session);
  await session.detach();
  expect(after.heap - before.heap, 'bytes of heap for all that are selected').toBeLessThan(SELECTED_BYTES);
}

/** Scrolls until a file is drawn. */
async function goTo(page: Page, position: number): Promise<void> {
  await page.evaluate((at) => {
    const { document } = globalThis as unknown as PageWindow;
    const scroller = document.querySelector('.scroller') as PageElement;
    const row = document.querySelector('.row') as PageElement;
    scroller.scrollTop = Math.floor((at - 1) / row.childElementCount) * row.offsetHeight;
  }, position);
  await page.getByRole('gridcell', { name: nameOf(position - 1) }).waitFor();
}

/** Names of the folder's files that have a tag; the folder itself is read, not the index of searches. */
async function namesWith(program: AsProgram, tag: string, count: number): Promise<readonly string[]> {
  const names: string[] = [];
  for (let skip = 0; skip <= count; skip += 1000) {
    const path = `/v1/files?path=${FOLDER}&sort=ASC_NAME&limit=1000&skip=${skip}`;
    const files = await program.call<{ name: string; tags: readonly string[] | null }[]>('GET', path);
    names.push(...files.filter(({ tags }) => tags?.includes(tag)).map(({ name }) => name));
  }
  return names;
}
