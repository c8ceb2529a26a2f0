import type { Size } from '../../plan/geometry/layout.ts';
import type { Radius } from '../../plan/plan.ts';
import type { Pixels } from '../picture/pixels.ts';
import type { Stage } from './stage.ts';

/** Rounds the corners: what lies outside becomes transparent, what an arc crosses becomes so in part. */
export const radius: Stage = async (picture, step) => {
  if (step.radius === undefined) return;
  const { radius: asked } = step;
  if (cornersOf(asked, picture.size).every((corner) => corner === 0)) return;
  await picture.edit((frame) => roundCorners(frame, asked));
  picture.hasGaps = true;
};

/** Changes pixels in place. Four channels. */
export function roundCorners(frame: Pixels, asked: Radius): void {
  for (const [index, corner] of cornersOf(asked, frame).entries()) carve(frame, corner, index);
}

/**
 * Radii in pixels, clockwise from the top left. Where two do not fit on a side, all shrink together (CSS Backgrounds
 * and Borders 3, section 4.5).
 */
export function cornersOf(radius: Radius, { width, height }: Size): [number, number, number, number] {
  const largest = Math.min(width, height) / 2;
  const [tl, tr, br, bl] = (radius === 'max' ? (['max', 'max', 'max', 'max'] as const) : radius).map((corner) =>
    corner === 'max' ? largest : corner,
  ) as [number, number, number, number];
  const fit = Math.min(1, width / (tl + tr), width / (bl + br), height / (tl + bl), height / (tr + br));
  return [tl * fit, tr * fit, br * fit, bl * fit];
}

/** Multiplies alpha by how much of each pixel lies inside the arc. Only the corner's own square is touched. */
function carve({ data, width, height }: Pixels, corner: number, index: number): void {
  const right = index === 1 || index === 2;
  const bottom = index >= 2;
  const side = Math.ceil(corner);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const distance = Math.hypot(corner - x - 0.5, corner - y - 0.5);
      const inside = Math.min(1, Math.max(0, corner - distance + 0.5));
      if (inside === 1 || x + 0.5 > corner || y + 0.5 > corner) continue;
      const column = right ? width - 1 - x : x;
      const row = bottom ? height - 1 - y : y;
      const alpha = (row * width + column) * 4 + 3;
      data[alpha] = Math.round((data[alpha] ?? 0) * inside);
    }
  }
}
