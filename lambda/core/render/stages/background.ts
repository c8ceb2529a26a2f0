import { isColour } from '../../plan/plan.ts';
import { coverWithBackdrop } from '../picture/backdrop.ts';
import { isOpaque, opaque, toSharp } from '../picture/paint.ts';
import type { Stage } from './stage.ts';

/**
 * Puts something behind the picture: a colour, or what is made of the picture itself. With an opacity in the same step
 * the result is opaque and the colour's own alpha does not count (ImageKit, "Opacity").
 */
export const background: Stage = async (picture, step) => {
  if (!step.background || !picture.hasAlpha) return;
  if (!isColour(step.background)) {
    await coverWithBackdrop(picture, step.background);
    return;
  }
  const colour = step.opacity === undefined ? step.background : opaque(step.background);
  if (isOpaque(colour)) {
    await picture.draw('flatten', (image) => image.flatten({ background: toSharp(colour) }), {
      hasAlpha: false,
      paints: true,
    });
    picture.hasGaps = false;
    return;
  }
  // A format that cannot be translucent gets the colour itself.
  picture.matte = opaque(colour);
  if (colour.alpha === 0) return;
  const { width, height } = picture.size;
  const sheet = { create: { width, height, channels: 4 as const, background: toSharp(colour) } };
  await picture.drawFrame('composite', (image) => image.composite([{ input: sheet, blend: 'dest-over' }]), {
    paints: true,
  });
};
