import type { Colour } from '../../plan/plan.ts';
import { OPAQUE_BLACK } from './paint.ts';
import type { Pixels } from './pixels.ts';

/** Shades of a channel that count as one. */
const STEP = 16;

/**
 * The colour that most of the chosen pixels have: the mean of the fullest of 4096 boxes of colours. What is transparent
 * does not count. When nothing that was chosen can be seen the whole picture counts, and of nothing at all it is black.
 * @param chosen whether the pixel at a place counts
 */
export function dominantOf(pixels: Pixels, chosen: (x: number, y: number) => boolean = everywhere): Colour {
  return fullestOf(pixels, chosen) ?? fullestOf(pixels, everywhere) ?? OPAQUE_BLACK;
}

const everywhere = (): boolean => true;

function fullestOf(pixels: Pixels, chosen: (x: number, y: number) => boolean): Colour | undefined {
  const { data, width, height, channels } = pixels;
  const boxes = new Map<number, number[]>();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * channels;
      if (!chosen(x, y) || (channels === 4 && (data[at + 3] as number) < 128)) continue;
      const [r, g, b] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
      const key = (Math.floor(r / STEP) << 8) | (Math.floor(g / STEP) << 4) | Math.floor(b / STEP);
      const box = boxes.get(key);
      if (!box) boxes.set(key, [1, r, g, b]);
      else for (const [index, value] of [1, r, g, b].entries()) box[index] = (box[index] as number) + value;
    }
  }
  if (boxes.size === 0) return undefined;
  const [count = 1, ...sums] = [...boxes.values()].reduce((best, box) => ((box[0] ?? 0) > (best[0] ?? 0) ? box : best));
  const [r = 0, g = 0, b = 0] = sums.map((sum) => Math.round(sum / count));
  return { r, g, b, alpha: 1 };
}
