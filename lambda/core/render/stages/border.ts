import { guardOutput } from '../picture/guard-output.ts';
import { isOpaque, toSharp } from '../picture/paint.ts';
import type { Stage } from './stage.ts';

/** A frame around the picture, which grows by twice its width. */
export const border: Stage = async (picture, step) => {
  if (!step.border || step.border.width === 0) return;
  const { width: edge, colour } = step.border;
  const size = { width: picture.size.width + 2 * edge, height: picture.size.height + 2 * edge };
  guardOutput(size, picture.frames);
  const edges = { left: edge, right: edge, top: edge, bottom: edge, background: toSharp(colour) };
  await picture.draw('extend', (image) => image.extend(edges), {
    size,
    hasAlpha: picture.hasAlpha || !isOpaque(colour),
    paints: true,
  });
};
