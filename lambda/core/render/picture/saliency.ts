import type { Region, Size } from '../../plan/geometry/size.ts';
import type { Pixels } from './pixels.ts';

/** Weights of what draws eyes: edges, strong colours, skin. */
const WEIGHTS = { edges: 1, saturation: 0.35, skin: 0.9 } as const;

/**
 * The window that holds most of what draws eyes: edges, strong colours, skin. A little weight is given to the middle of
 * the picture, where photographers put what they mean; of windows that hold the same the one nearest to it is taken.
 * @param proxy a small copy of the picture
 * @param size of the picture
 * @param window size of the window in the picture
 * @returns in pixels of `size`
 */
export function salientRegion(proxy: Pixels, size: Size, window: Size): Region {
  const [scaleX, scaleY] = [size.width / proxy.width, size.height / proxy.height];
  const width = Math.min(proxy.width, Math.max(1, Math.round(window.width / scaleX)));
  const height = Math.min(proxy.height, Math.max(1, Math.round(window.height / scaleY)));
  const { left, top } = fullestWindow(integral(weigh(proxy), proxy), proxy, width, height);
  return { left: Math.round(left * scaleX), top: Math.round(top * scaleY), width: window.width, height: window.height };
}

function fullestWindow(sums: Float64Array, { width, height }: Size, across: number, down: number) {
  const stride = width + 1;
  const at = (x: number, y: number): number => sums[y * stride + x] as number;
  let best = { left: 0, top: 0, weight: -1, distance: 0 };
  for (let top = 0; top + down <= height; top++) {
    for (let left = 0; left + across <= width; left++) {
      const [right, low] = [left + across, top + down];
      const weight = at(right, low) - at(left, low) - at(right, top) + at(left, top);
      const distance = Math.hypot(left + right - width, top + low - height);
      const isBetter = weight > best.weight * 1.001 || (weight > best.weight * 0.999 && distance < best.distance);
      if (isBetter) best = { left, top, weight, distance };
    }
  }
  return best;
}

/** Sums of everything above and left of each point (F. Crow, "Summed-Area Tables", 1984). */
function integral(weights: Float64Array, { width, height }: Size): Float64Array {
  const stride = width + 1;
  const sums = new Float64Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += weights[y * width + x] as number;
      sums[(y + 1) * stride + x + 1] = (sums[y * stride + x + 1] as number) + row;
    }
  }
  return sums;
}

function weigh({ data, width, height, channels }: Pixels): Float64Array {
  const luma = new Float64Array(width * height);
  for (let at = 0; at < luma.length; at++) {
    const from = at * channels;
    luma[at] = 0.299 * (data[from] as number) + 0.587 * (data[from + 1] as number) + 0.114 * (data[from + 2] as number);
  }
  const weights = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const edges = edgeAt(luma, width, height, x, y);
      const from = at * channels;
      const opacity = channels === 4 ? (data[from + 3] as number) / 255 : 1;
      const rgb = [data[from] as number, data[from + 1] as number, data[from + 2] as number] as const;
      const colour = WEIGHTS.saturation * saturation(rgb) + WEIGHTS.skin * (isSkin(rgb) ? 1 : 0);
      weights[at] = opacity * (WEIGHTS.edges * edges + colour * Math.min(1, edges + 0.15)) * bias(x, y, width, height);
    }
  }
  return weights;
}

/** Laplacian of brightness, 0..1. */
function edgeAt(luma: Float64Array, width: number, height: number, x: number, y: number): number {
  const at = (column: number, row: number): number =>
    luma[Math.min(height - 1, Math.max(0, row)) * width + Math.min(width - 1, Math.max(0, column))] as number;
  return Math.min(1, Math.abs(4 * at(x, y) - at(x - 1, y) - at(x + 1, y) - at(x, y - 1) - at(x, y + 1)) / 255);
}

function saturation([r, g, b]: readonly [number, number, number]): number {
  const most = Math.max(r, g, b);
  return most < 30 ? 0 : (most - Math.min(r, g, b)) / most;
}

/** Skin of every kind lies in this range of ratios (Kovac, Peer and Solina, 2003, daylight rule, loosened). */
function isSkin([r, g, b]: readonly [number, number, number]): boolean {
  return r > 60 && g > 30 && b > 15 && r > g && g > b && r - b > 15 && r - g > 8 && r - g < 110;
}

function bias(x: number, y: number, width: number, height: number): number {
  const distance = Math.hypot((x + 0.5) / width - 0.5, (y + 0.5) / height - 0.5);
  return 1 - 0.5 * Math.min(1, distance / 0.7);
}
