import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { sharesPalette } from '../../../../lambda/core/render/output/shared-palette.ts';
import type { Pixels } from '../../../../lambda/core/render/picture/pixels.ts';
import { render } from '../../../../lambda/core/render/render.ts';
import { drawFrame } from '../../../images/scene.ts';
import { onCanvas } from '../../../images/sources.ts';
import { plan, px } from '../plans.ts';

const SIZE = { width: 160, height: 120 };
const FRAMES = 6;

type Rgb = readonly [number, number, number];
const GREY: Rgb = [128, 128, 128];
const RED: Rgb = [220, 30, 30];

/** A ground with a square on it. */
function square(ground: Rgb, colour: Rgb, side: number): Buffer {
  const data = Buffer.alloc(SIZE.width * SIZE.height * 3);
  for (let y = 0; y < SIZE.height; y++) {
    for (let x = 0; x < SIZE.width; x++) data.set(x < side && y < side ? colour : ground, (y * SIZE.width + x) * 3);
  }
  return data;
}

const pixelsOf = (frames: readonly Buffer[]): Pixels => ({
  data: Buffer.concat(frames),
  ...SIZE,
  channels: 3,
  frames: frames.length,
});

const scene = await Promise.all(
  Array.from({ length: FRAMES }, (_, index) =>
    onCanvas(drawFrame(SIZE.width, SIZE.height, index / FRAMES))
      .removeAlpha()
      .raw()
      .toBuffer(),
  ),
);

describe('the palette of the first frame serves all', () => {
  test('where the same things move', () => {
    expect(sharesPalette(pixelsOf(scene))).toBe(true);
  });

  test('not where the scene changes', () => {
    expect(sharesPalette(pixelsOf([square(GREY, GREY, 0), ...scene]))).toBe(false);
  });

  test('not where a small thing has a colour of its own', () => {
    expect(sharesPalette(pixelsOf([square(GREY, GREY, 0), square(GREY, RED, 3)]))).toBe(false);
  });

  test('but a speck is not seen', () => {
    expect(sharesPalette(pixelsOf([square(GREY, GREY, 0), square(GREY, RED, 1)]))).toBe(true);
  });

  test('not where a rare colour comes to fill the frame', () => {
    expect(sharesPalette(pixelsOf([square(GREY, RED, 10), square(GREY, RED, 100)]))).toBe(false);
    expect(sharesPalette(pixelsOf([square(GREY, RED, 10), square(GREY, RED, 20)]))).toBe(true);
  });

  test('what is transparent has no colour', () => {
    const opaque = Buffer.alloc(SIZE.width * SIZE.height * 4, 255);
    const hidden = Buffer.from(opaque);
    for (let at = 0; at < 4000; at += 4) hidden.set([...RED, 0], at);
    const pixels = { data: Buffer.concat([opaque, hidden]), ...SIZE, channels: 4, frames: 2 } as const;

    expect(sharesPalette(pixels)).toBe(true);
  });
});

describe('a GIF that is rendered', () => {
  test.each([
    ['has one palette where the same things move', scene, 1],
    ['has the colours of each scene where it changes', [square(GREY, GREY, 0), ...scene.slice(0, 2)], undefined],
  ] as const)('%s', async (_, frames, palettes) => {
    const raw = {
      width: SIZE.width,
      height: SIZE.height * frames.length,
      channels: 3,
      pageHeight: SIZE.height,
    } as const;
    const source = await sharp(Buffer.concat(frames), { raw, animated: true }).webp({ lossless: true }).toBuffer();
    const make = async (format: 'gif' | 'webp') =>
      (await render(source, plan([{ width: px(120) }], { format, lossless: true }), 'webp')).bytes;
    const [gif, exact] = await Promise.all([make('gif'), make('webp')]);

    expect(await meanError(gif, exact)).toBeLessThan(1);
    if (palettes) expect(palettesOf(gif)).toBe(palettes);
  });
});

async function meanError(one: Uint8Array, other: Uint8Array): Promise<number> {
  const [a, b] = await Promise.all(
    [one, other].map((bytes) => sharp(bytes, { animated: true }).ensureAlpha().raw().toBuffer()),
  );
  if (!a || !b || a.length !== b.length) throw new Error('The animations differ in size');
  return a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] as number)), 0) / a.length;
}

/** Colour tables of a GIF: its own and those of frames (GIF89a, sections 18 to 22). */
function palettesOf(gif: Uint8Array): number {
  const tableAt = (packed: number): number => (packed & 0x80 ? 3 << ((packed & 7) + 1) : 0);
  const skipBlocks = (from: number): number => {
    let at = from;
    while (gif[at]) at += (gif[at] as number) + 1;
    return at + 1;
  };
  const own = tableAt(gif[10] as number);
  let count = own ? 1 : 0;
  for (let at = 13 + own; gif[at] !== 0x3b; ) {
    if (gif[at] === 0x21) {
      at = skipBlocks(at + 2);
      continue;
    }
    const table = tableAt(gif[at + 9] as number);
    if (table) count++;
    at = skipBlocks(at + 11 + table);
  }
  return count;
}
