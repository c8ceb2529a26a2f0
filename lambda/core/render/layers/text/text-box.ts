import sharp from 'sharp';
import { checkOutputSize } from '../../../plan/geometry/output-limits.ts';
import type { TextStyle } from '../../../plan/plan.ts';
import { run } from '../../engine.ts';
import { TRANSPARENT, toSharp } from '../../picture/paint.ts';
import type { Pixels } from '../../picture/pixels.ts';
import { fromPixels, toPixels } from '../../picture/pixels.ts';
import { roundCorners } from '../../stages/radius.ts';

/** Puts a text into its box: at least as wide as asked for, its padding around it, a colour behind it. */
export async function inBox(
  ink: Pixels | undefined,
  { width = 0, padding = [0, 0, 0, 0], align = 'center', background = TRANSPARENT, radius }: TextStyle,
): Promise<Pixels> {
  const [top, right, bottom, left] = padding;
  const inner = Math.max(width, ink?.width ?? 0);
  // Spaces alone have no ink, but a layer must be something.
  const size = {
    width: Math.max(1, left + inner + right),
    height: Math.max(1, top + (ink?.height ?? 0) + bottom),
  };
  checkOutputSize(size);
  if (ink && ink.width === size.width && ink.height === size.height && background.alpha === 0) return ink;
  const create = { ...size, channels: 4, background: toSharp(background) } as const;
  const box = toPixels(await run(sharp({ create, limitInputPixels: false }).raw(), 'memory'), 1);
  if (radius !== undefined) roundCorners(box, radius);
  if (!ink) return box;
  const { data, width: inkWidth, height: inkHeight } = ink;
  const raw = { width: inkWidth, height: inkHeight, channels: 4 } as const;
  const free = inner - inkWidth;
  const indent = align === 'left' ? 0 : align === 'right' ? free : Math.floor(free / 2);
  const text = { input: data, raw, left: left + indent, top };
  return toPixels(await run(fromPixels(box).composite([text]).raw(), 'memory'), 1);
}
