import { between, hills, type Pixels, paintCanvas, type Rgba, tabulate } from './canvas.ts';

const SKY_TOP: Rgba = [38, 62, 120, 1];
const SKY_LOW: Rgba = [250, 196, 140, 1];
const SUN: Rgba = [255, 240, 205, 1];
/** Nearest first. */
const MOUNTAINS: readonly { readonly top: (x: number) => number; readonly colour: Rgba }[] = [
  { top: tabulate(0, 1, (x) => 0.6 - 0.05 * hills(x * 1.6, 3)), colour: [57, 62, 101, 1] },
  { top: tabulate(0, 1, (x) => 0.55 - 0.08 * hills(x * 1.6, 2)), colour: [97, 93, 134, 1] },
  { top: tabulate(0, 1, (x) => 0.5 - 0.1 * hills(x * 1.6, 1)), colour: [139, 128, 160, 1] },
];
const CLOUDS = tabulate(0, 7, (x) => hills(x, 9));
const WAVES = tabulate(0, 1, (x) => 3 * hills(x * 5, 4));
const HORIZON = 0.64;
const SUN_AT = { x: 0.68, y: 0.4 };
const ASPECT = 1.5;

/** A bay at sunset, 1200 x 800: sky, three mountain ridges, water with the sun's path, a sailing boat. */
export function drawHarbour(): Pixels {
  return paintCanvas(1200, 800, (x, y) => boat(x, y) ?? (y > HORIZON ? water(x, y) : land(x, y)));
}

function land(x: number, y: number): Rgba {
  for (const { top, colour } of MOUNTAINS) if (y > top(x)) return between(colour, SKY_LOW, (HORIZON - y) * 0.6);
  return sky(x, y);
}

function sky(x: number, y: number): Rgba {
  const distance = Math.hypot((x - SUN_AT.x) * ASPECT, y - SUN_AT.y);
  if (distance < 0.055) return SUN;
  const glow = Math.exp(-((distance - 0.055) ** 2) / 0.03);
  const cloud = Math.max(0, CLOUDS(x * 2 + y * 5) * Math.sin(y * 26)) * 0.25;
  return between(between(between(SKY_TOP, SKY_LOW, (y / HORIZON) ** 1.4), SUN, glow * 0.7), [255, 220, 200, 1], cloud);
}

function water(x: number, y: number): Rgba {
  const depth = (y - HORIZON) / (1 - HORIZON);
  const ripple = Math.sin(y * y * 420 + WAVES(x)) * 0.5 + 0.5;
  const mirrored = between(sky(x, HORIZON - depth * HORIZON * 0.9), [20, 40, 80, 1], 0.45 + depth * 0.3);
  const path = Math.exp(-(((x - SUN_AT.x) / (0.03 + depth * 0.08)) ** 2)) * (ripple > 0.45 ? 0.9 : 0.25);
  return between(between(mirrored, [12, 26, 56, 1], ripple * 0.25), SUN, path * (1 - depth * 0.5));
}

function boat(x: number, y: number): Rgba | undefined {
  const [dx, dy] = [(x - 0.3) / 0.1, (y - 0.74) / 0.1];
  if (dy > 0 && dy < 0.28 && Math.abs(dx) < 0.62 - dy * 0.7) return [48, 30, 34, 1];
  if (dy > -1.45 && dy < -0.06 && dx > 0.03 && dx < 0.52 * (1 + (dy + 0.06) / 1.39)) return [248, 240, 228, 1];
  if (dy > -1.2 && dy < -0.06 && dx < -0.03 && dx > -0.36 * (1 + (dy + 0.06) / 1.14)) return [226, 104, 84, 1];
  return Math.abs(dx) < 0.02 && dy > -1.5 && dy < 0.05 ? [60, 40, 40, 1] : undefined;
}
