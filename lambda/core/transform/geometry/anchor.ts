import type { Position } from '../plan.ts';

/** Shares of the free space that lie before the placed rectangle: 0 at the left or top, 1 at the right or bottom. */
const SHARES = {
  center: { x: 0.5, y: 0.5 },
  top: { x: 0.5, y: 0 },
  left: { x: 0, y: 0.5 },
  bottom: { x: 0.5, y: 1 },
  right: { x: 1, y: 0.5 },
  top_left: { x: 0, y: 0 },
  top_right: { x: 1, y: 0 },
  bottom_left: { x: 0, y: 1 },
  bottom_right: { x: 1, y: 1 },
} as const satisfies Record<Position, { x: number; y: number }>;

/** Share of a side that lies before a position's point. */
export const shareOf = (position: Position, axis: 'x' | 'y'): number => SHARES[position][axis];

/** Offset of a rectangle of length `inner` within `outer` on one axis; an odd pixel of a centred one goes after it. */
export function anchored(position: Position | undefined, axis: 'x' | 'y', inner: number, outer: number): number {
  return Math.floor((outer - inner) * SHARES[position ?? 'center'][axis]);
}
