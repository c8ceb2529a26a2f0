import type { Stage } from './stage.ts';

/** Shares of the colours in brightness (ITU-R BT.709), on the values as stored, as CSS's grayscale() takes them. */
const LUMA: [number, number, number] = [0.2126, 0.7152, 0.0722];

/** Takes the colour out; the picture can still be painted in colour later. */
export const grayscale: Stage = async (picture, step) => {
  if (!step.grayscale) return;
  await picture.draw('recomb', (image) => image.recomb([LUMA, LUMA, LUMA]));
};
