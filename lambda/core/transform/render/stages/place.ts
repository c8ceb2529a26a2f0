import { layoutStep } from '../../geometry/layout.ts';
import type { Step } from '../../plan.ts';
import { isOpaque, OPAQUE_BLACK, TRANSPARENT, toSharp } from '../paint.ts';
import type { Picture } from '../picture.ts';
import { readingOf } from '../reading.ts';
import type { Stage } from './stage.ts';

/** Scales, cuts and pads: everything that the step says about size. */
export const place: Stage = async (picture, step) => {
  const layout = layoutStep(step, picture.size);
  const { whole, cut } = picture.takeCut();
  const { extract, resize, crop } = readingOf(whole, cut, layout);
  if (extract) await picture.draw('extract', (image) => image.extract(extract), { size: extract });
  if (resize) {
    const { width, height } = resize;
    await picture.draw('resize', (image) => image.resize(width, height, { fit: 'fill' }), { size: resize });
  }
  if (crop) await picture.draw('crop', (image) => image.extract(crop), { size: crop });
  if (layout.canvas) await pad(picture, step, layout.canvas);
};

interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
}

/**
 * Padding is the step's background, or black around an opaque picture. Around a transparent one, and below a background
 * that is itself translucent, it stays open; the background stage fills it together with the picture's own holes.
 */
async function pad(picture: Picture, { background }: Step, canvas: Canvas): Promise<void> {
  const { width, height, left, top } = canvas;
  const open = background ? !isOpaque(background) : picture.hasAlpha;
  const colour = open ? TRANSPARENT : (background ?? OPAQUE_BLACK);
  const edges = {
    left,
    top,
    right: width - left - picture.size.width,
    bottom: height - top - picture.size.height,
    background: toSharp(colour),
  };
  await picture.draw('extend', (image) => image.extend(edges), {
    size: { width, height },
    hasAlpha: picture.hasAlpha || open,
    paints: true,
  });
  if (open) picture.hasGaps = true;
}
