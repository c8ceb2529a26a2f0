import type { Stage } from './stage.ts';

/** Below it a blur changes nothing that can be seen, and sharp refuses it. */
const LEAST_SIGMA = 0.3;

/** Cost grows with sigma: 1000 takes ten seconds for a photograph, 50 a tenth of one. */
const GREATEST_SIGMA = 50;

/** Blurs with a Gaussian; sigma is half the number in the URL. */
export const blur: Stage = async (picture, step) => {
  const sigma = Math.min((step.blur ?? 0) / 2, GREATEST_SIGMA);
  if (sigma < LEAST_SIGMA) return;
  await picture.drawFrame('blur', (image) => image.blur(sigma));
};
