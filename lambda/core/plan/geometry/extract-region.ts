import { problem } from '../../kernel/problems.ts';
import type { FocusedStep } from './anchor.ts';
import { cutStart } from './anchor.ts';
import type { Region, Size } from './size.ts';

interface Span {
  readonly start: number;
  readonly length: number;
}

/**
 * The region that `cm-extract` cuts. Each axis goes by its own parameters: corner (`x`, `y`), else centre (`xc`, `yc`),
 * else focus. A region that leaves the image is cut to it, but one placed by its centre is refused.
 * @throws Problem transformation.invalid when the region is outside, or placed by its centre and not wholly inside
 */
export function extractRegion(step: FocusedStep, input: Size, asked: Size): Region {
  const across = spanOf('x', step.x, step.xCenter, step, asked.width, input.width);
  const down = spanOf('y', step.y, step.yCenter, step, asked.height, input.height);
  return { left: across.start, top: down.start, width: across.length, height: down.length };
}

function spanOf(
  axis: 'x' | 'y',
  corner: number | undefined,
  centre: number | undefined,
  step: FocusedStep,
  length: number,
  side: number,
): Span {
  if (corner !== undefined) return fromCorner(axis, corner, length, side);
  if (centre !== undefined) return aroundCentre(axis, centre, length, side);
  const kept = Math.min(length, side);
  return { start: cutStart(step, axis, kept, side, 1), length: kept };
}

/** A negative corner counts from the opposite edge: -10 leaves ten pixels between the region and that edge. */
function fromCorner(axis: 'x' | 'y', corner: number, length: number, side: number): Span {
  const start = corner < 0 ? side + corner - length : corner;
  const first = Math.max(0, start);
  const kept = Math.min(side, start + length) - first;
  if (kept >= 1) return { start: first, length: kept };
  throw problem(
    'transformation.invalid',
    `The region with ${axis} = ${corner} and ${length} pixels lies outside the image, which has ${side} there.`,
  );
}

function aroundCentre(axis: 'x' | 'y', centre: number, length: number, side: number): Span {
  const start = Math.round(centre - length / 2);
  if (start >= 0 && start + length <= side) return { start, length };
  throw problem(
    'transformation.invalid',
    `The region of ${length} pixels around ${axis}c = ${centre} leaves the image, which has ${side} there.`,
  );
}
