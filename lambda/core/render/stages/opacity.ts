import type { Stage } from './stage.ts';

/** Makes the picture translucent: alpha times the opacity in per cent. */
export const opacity: Stage = async (picture, step) => {
  if (step.opacity === undefined || step.opacity >= 100) return;
  const share = step.opacity / 100;
  if (!picture.hasAlpha) return picture.draw('alpha', (image) => image.ensureAlpha(share), { hasAlpha: true });
  await picture.draw('linear', (image) => image.linear([1, 1, 1, share], [0, 0, 0, 0]), { paints: true });
};
