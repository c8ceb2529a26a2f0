import type { Stage } from './stage.ts';

/** The number that stands for libvips's own default strength. */
const NORMAL = 50;

/** Unsharp mask on lightness. The number scales its strength and the bounds of its halos; the radius stays one pixel. */
export const sharpen: Stage = async (picture, step) => {
  if (!step.sharpen) return;
  const strength = step.sharpen / NORMAL;
  const options = { sigma: 1, m1: strength, m2: 2 * strength, x1: 2, y2: 10 * strength, y3: 20 * strength };
  await picture.drawFrame('sharpen', (image) => image.sharpen(options));
};
