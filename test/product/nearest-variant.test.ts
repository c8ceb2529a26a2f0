import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { synthesizeApp } from '../../local/synthesize-app.ts';
import { type Product, startProduct } from './product.ts';

/* "overCeiling": "nearest", from the budget of this machine to what a viewer gets. */
const CEILING = 200;
const ROOT = new URL('../..', import.meta.url).pathname;

let product: Product;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-nearest-'));
  spend(CEILING - 1);
  const assembly = await synthesizeApp(ROOT, { spendCeiling: CEILING, overCeiling: 'nearest' });
  product = await startProduct({
    args: ['--ephemeral', '--assembly', assembly, '--faults', join(folder, 'faults.json')],
  });
});

afterAll(async () => {
  await product?.stop();
  rmSync(folder, { recursive: true });
});

const spend = (spent: number) => writeFileSync(join(folder, 'faults.json'), JSON.stringify({ faults: [], spent }));

async function picture(transformation: string) {
  const url = `${product.media}/samples/harbour.jpg?tr=${transformation}`;
  const answer = await fetch(url, { headers: { accept: 'image/webp' } });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const { width } = answer.status === 200 ? await sharp(bytes).metadata() : {};
  const { headers, status } = answer;
  return { status, width, type: headers.get('content-type'), nearest: headers.get('x-vitrine-nearest'), headers };
}

it('over the ceiling a size that was not made is the nearest one that was, and a crop is refused', async () => {
  for (const width of [120, 240]) expect(await picture(`w-${width}`)).toMatchObject({ width, nearest: null });

  spend(CEILING + 12);
  let crop = 50;
  const statuses = () => Promise.all([0, 1, 2, 3].map(async () => (await picture(`w-${crop++},h-20`)).status));
  await vi.waitFor(async () => expect(await statuses()).toEqual([503, 503, 503, 503]), {
    ...{ timeout: 40_000, interval: 500 },
  });

  const answer = await picture('w-200');
  expect(answer).toMatchObject({ status: 200, width: 240, type: 'image/webp' });
  expect(answer.nearest).toMatch(/^240 x \d+ instead of 200 x \d+$/);
  expect(answer.headers.get('cache-control')).toBe('public, max-age=60');
  expect(await picture('w-900')).toMatchObject({ status: 200, width: 240 });
  expect(await picture('w-120')).toMatchObject({ status: 200, width: 120, nearest: null });
});
