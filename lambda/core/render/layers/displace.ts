import type { Corner } from '../../plan/geometry/layer-position.ts';
import type { Pixels } from '../picture/pixels.ts';

/** The value of a displacing layer's channel that moves nothing. */
const STILL = 128;

/**
 * Moves the picture's pixels where a layer lies: its red says how far to the right they are taken from, its green how far
 * below, each between minus and plus `shift`; where the layer is transparent they stay. Both have four channels.
 */
export function displace(
  frame: Pixels,
  layer: Pixels,
  { left, top }: Corner,
  shift: { readonly x: number; readonly y: number },
): void {
  const before = Buffer.from(frame.data);
  for (let y = Math.max(0, top); y < Math.min(frame.height, top + layer.height); y++) {
    for (let x = Math.max(0, left); x < Math.min(frame.width, left + layer.width); x++) {
      const at = ((y - top) * layer.width + (x - left)) * 4;
      const weight = (layer.data[at + 3] as number) / 255 / STILL;
      const fromX = x + ((layer.data[at] as number) - STILL) * weight * shift.x;
      const fromY = y + ((layer.data[at + 1] as number) - STILL) * weight * shift.y;
      sample(before, frame, fromX, fromY, (y * frame.width + x) * 4);
    }
  }
}

/** Between four pixels in proportion; beyond an edge its own pixels go on. */
function sample(before: Buffer, { data, width, height }: Pixels, x: number, y: number, to: number): void {
  const clampedX = Math.min(width - 1, Math.max(0, x));
  const clampedY = Math.min(height - 1, Math.max(0, y));
  const [column, row] = [Math.floor(clampedX), Math.floor(clampedY)];
  const [right, down] = [Math.min(width - 1, column + 1), Math.min(height - 1, row + 1)];
  const [shareX, shareY] = [clampedX - column, clampedY - row];
  for (let channel = 0; channel < 4; channel++) {
    const value = (atRow: number, atColumn: number) => before[(atRow * width + atColumn) * 4 + channel] as number;
    const above = value(row, column) * (1 - shareX) + value(row, right) * shareX;
    const below = value(down, column) * (1 - shareX) + value(down, right) * shareX;
    data[to + channel] = Math.round(above * (1 - shareY) + below * shareY);
  }
}
