import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { drawSamples } from '../../../local/samples/draw-samples.ts';
import { keptSamples } from '../../../local/samples/kept-samples.ts';

const root = mkdtempSync(join(tmpdir(), 'vitrine-samples-'));
const cache = join(root, 'node_modules', '.cache', 'vitrine', 'samples');

afterAll(() => rmSync(root, { recursive: true }));

it('are drawn once, by starts at the same time too, and read afterwards', async () => {
  const drawn = await drawSamples();
  expect(await Promise.all([keptSamples(root), keptSamples(root)])).toEqual([drawn, drawn]);
  expect(readdirSync(cache)).toHaveLength(1);

  const [kept = ''] = readdirSync(cache);
  writeFileSync(join(cache, kept, '2-logo.png'), 'as it was kept');
  expect((await keptSamples(root)).find(({ fileName }) => fileName === 'logo.png')?.bytes.toString()).toBe(
    'as it was kept',
  );
});
