import type { Focus, Position, Step } from '../plan.ts';
import type { Region } from './size.ts';

/** Shares of the free space that lie before the placed rectangle: 0 at the left or top, 1 at the right or bottom. */
const SHARES: Readonly<Record<Focus, { readonly x: number; readonly y: number }>> = {
  center: { x: 0.5, y: 0.5 },
  top: { x: 0.5, y: 0 },
  left: { x: 0, y: 0.5 },
  bottom: { x: 0.5, y: 1 },
  right: { x: 1, y: 0.5 },
  top_left: { x: 0, y: 0 },
  top_right: { x: 1, y: 0 },
  bottom_left: { x: 0, y: 1 },
  bottom_right: { x: 1, y: 1 },
  // Until an area has been found or given, these mean the middle.
  auto: { x: 0.5, y: 0.5 },
  custom: { x: 0.5, y: 0.5 },
  'auto-custom_override': { x: 0.5, y: 0.5 },
};

/** A step together with the area of its input that a crop is to keep, in pixels of the input. */
export interface FocusedStep extends Step {
  readonly interest?: Region;
}

/** Share of a side that lies before a position's point. */
export const shareOf = (position: Position, axis: 'x' | 'y'): number => SHARES[position][axis];

/** Offset of a rectangle of length `inner` within `outer` on one axis; an odd pixel of a centred one goes after it. */
export function anchored(focus: Focus | undefined, axis: 'x' | 'y', inner: number, outer: number): number {
  return Math.floor((outer - inner) * SHARES[focus ?? 'center'][axis]);
}

/**
 * Where a cut of length `inner` begins: around the middle of the area that is to be kept, else by the focus.
 * @param scale pixels of `outer` for one of the step's input
 */
export function cutStart(
  { focus, interest }: FocusedStep,
  axis: 'x' | 'y',
  inner: number,
  outer: number,
  scale: number,
): number {
  if (!interest) return anchored(focus, axis, inner, outer);
  const [start, length] = axis === 'x' ? [interest.left, interest.width] : [interest.top, interest.height];
  const middle = (start + length / 2) * scale;
  return Math.min(outer - inner, Math.max(0, Math.round(middle - inner / 2)));
}
