import type { Stage } from './stage.ts';

/** Stretches brightness to the full range; the darkest and brightest hundredth of the pixels are let go. */
export const contrast: Stage = async (picture, step) => {
  if (!step.contrast) return;
  await picture.draw('normalise', (image) => image.normalise({ lower: 1, upper: 99 }));
};
