import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, expect } from 'vitest';
import { fingerprint, fingerprintDistance, maxColourDistance, shown } from './compare.ts';

const FOLDER = new URL('../fixtures/goldens', import.meta.url).pathname;
const UPDATES = process.env.UPDATE_GOLDENS === '1';

/** What another processor's arithmetic may change; a person would not see it. */
const FINGERPRINT_BITS = 3;
const COLOUR_DISTANCE = 12;

/**
 * Holds a picture against the one that a person has looked at, `test/fixtures/goldens/{name}.png`. With
 * UPDATE_GOLDENS=1 it becomes that picture; look at `test/fixtures/goldens/index.html` then.
 */
export async function expectGolden(name: string, bytes: Uint8Array): Promise<void> {
  const actual = await shown(bytes);
  const { data, width, height } = actual;
  const path = join(FOLDER, `${name}.png`);
  if (UPDATES) {
    mkdirSync(FOLDER, { recursive: true });
    await sharp(data, { raw: { width, height, channels: 4 } })
      .png({ compressionLevel: 9 })
      .toFile(path);
  }
  expect(existsSync(path), `${path} is missing; UPDATE_GOLDENS=1 makes it`).toBe(true);
  const golden = await shown(readFileSync(path));
  expect({ width, height }).toEqual({ width: golden.width, height: golden.height });
  expect(maxColourDistance(actual, golden), 'largest colour distance').toBeLessThanOrEqual(COLOUR_DISTANCE);
  const bits = fingerprintDistance(await fingerprint(actual), await fingerprint(golden));
  expect(bits, 'fingerprint bits that differ').toBeLessThanOrEqual(FINGERPRINT_BITS);
}

/** After new goldens: one page with all of them, on a pattern that shows what is transparent. */
afterAll(() => {
  if (!UPDATES) return;
  const figures = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.png'))
    .sort()
    .map((name) => `<figure><img src="${name}" alt=""><figcaption>${name.slice(0, -4)}</figcaption></figure>`);
  writeFileSync(join(FOLDER, 'index.html'), `${PAGE_HEAD}\n${figures.join('\n')}\n`);
});

const PAGE_HEAD = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Goldens</title>
<style>
body { font: 12px sans-serif; display: flex; flex-wrap: wrap; gap: 12px; align-items: end }
figure { margin: 0 }
img { display: block; background: repeating-conic-gradient(#ddd 0 25%, #fff 0 50%) 0 0 / 16px 16px }
</style>`;
