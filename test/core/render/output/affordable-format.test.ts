import { beforeAll, describe, expect, it } from 'vitest';
import type { OutputFormat } from '../../../../lambda/core/plan/plan.ts';
import { readPlan } from '../../../../lambda/core/plan/read-plan.ts';
import { affordableFormat } from '../../../../lambda/core/render/output/affordable-format.ts';
import { busynessOf } from '../../../../lambda/core/render/output/busyness.ts';
import { type FormatClass, render } from '../../../../lambda/core/render/render.ts';
import { inspectAsset, openInspected } from '../../../../lambda/core/render/source/open-asset.ts';
import { largeJpeg, type Surface, sidesOf } from '../../../images/large-pictures.ts';
import { timeAtLoad } from '../../../time-at-load.ts';

const PICTURES = new Map<Surface, Buffer>();
beforeAll(async () => {
  for (const surface of ['noise', 'smooth'] as const) PICTURES.set(surface, await largeJpeg(24, surface));
}, 60_000);

const pictureOf = (surface: Surface): Buffer => PICTURES.get(surface) ?? Buffer.alloc(0);

/** The choice alone: nothing is encoded but sixteen squares. */
async function choiceFor(surface: Surface, items: string, accepts: FormatClass): Promise<OutputFormat> {
  const plan = readPlan(items ? [items.split(',')] : []);
  const inspected = await inspectAsset(pictureOf(surface), plan);
  const picture = await openInspected(inspected, plan);
  return affordableFormat({ output: plan.output, accepts, header: inspected.header, picture, spent: 0.4 });
}

describe('a photograph of 24 megapixels', () => {
  it.each<[Surface, string, FormatClass, OutputFormat]>([
    ['noise', '', 'avif', 'jpeg'],
    ['noise', '', 'webp', 'jpeg'],
    ['noise', '', 'plain', 'jpeg'],
    ['smooth', '', 'avif', 'webp'],
    ['smooth', '', 'webp', 'webp'],
    ['smooth', '', 'plain', 'jpeg'],
    ['noise', 'f-avif', 'plain', 'avif'],
    ['noise', 'f-webp', 'plain', 'webp'],
    ['noise', 'lo-true', 'avif', 'png'],
  ])(
    'of %s with "%s" for %s is made a format that can be had in time: %s',
    async (surface, items, accepts, format) => {
      expect(await choiceFor(surface, items, accepts)).toBe(format);
    },
    30_000,
  );

  it.each(['noise', 'smooth'] as const)(
    'of %s is a picture for every client, never a refusal',
    async (surface) => {
      for (const accepts of ['avif', 'webp', 'plain'] as const) {
        for (const items of [[], [['w-5000']]]) {
          const started = performance.now();
          const made = await render(pictureOf(surface), readPlan(items), accepts).catch((error: unknown) => error);

          const { width = 0, code } = made as { width?: number; code?: string };
          // A machine that others keep busy may be late; delivery sends the file then. It is never the URL's fault.
          if (code === undefined) expect(width).toBe(Number(/\d+/.exec(items[0]?.[0] ?? '')?.[0] ?? sidesOf(24).width));
          else expect(code).toBe('render.timeout');
          expect(performance.now() - started).toBeLessThan(timeAtLoad(5000));
        }
      }
    },
    60_000,
  );
});

it('an AVIF that no memory suffices for is refused before it is tried', async () => {
  const started = performance.now();

  const refused = render(pictureOf('smooth'), readPlan([['w-8000', 'h-5000', 'f-avif']]), 'plain');

  await expect(refused).rejects.toMatchObject({ code: 'render.memory', status: 503 });
  await expect(refused).rejects.toThrow('40,000,000 pixels');
  expect(performance.now() - started).toBeLessThan(timeAtLoad(3000));
});

it('a result over a limit is the URL’s fault, before anybody counts memory', async () => {
  const refused = render(pictureOf('smooth'), readPlan([['w-8193', 'f-avif']]), 'plain');

  await expect(refused).rejects.toMatchObject({ code: 'transformation.limit', status: 400 });
});

it('busyness is that of the picture, the same every time', async () => {
  const settle = async (surface: Surface) => {
    const plan = readPlan([['w-3000']]);
    return (await openInspected(await inspectAsset(pictureOf(surface), plan), plan)).settle();
  };
  const [noise, smooth] = [await settle('noise'), await settle('smooth')];

  expect(await busynessOf(noise)).toBeGreaterThan(3);
  expect(await busynessOf(smooth)).toBeLessThan(0.5);
  expect(await busynessOf(smooth)).toBe(await busynessOf(smooth));
}, 30_000);
