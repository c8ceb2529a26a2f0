import { run } from '../engine.ts';
import { framesOf, fromPixels } from '../picture/pixels.ts';
import type { Stage } from './stage.ts';

/** Below it a blur changes nothing, and sharp refuses it. */
const LEAST_SIGMA = 0.3;

/** Adds to each pixel a share of its difference from a blurred copy, where that is large enough. */
export const unsharp: Stage = async (picture, { unsharp: mask }) => {
  if (!mask) return;
  picture.excludesAvif = true;
  if (mask.amount === 0) return;
  const { radius, sigma, amount, threshold } = mask;
  // A radius cuts the bell off; one of less than its own width leaves hardly more than that width.
  const reach = radius > 0 ? Math.min(sigma, radius) : sigma;
  if (reach < LEAST_SIGMA) return;
  const pixels = await picture.settle({ withAlpha: true });
  const blurred: Buffer[] = [];
  for (const frame of framesOf(pixels)) blurred.push((await run(fromPixels(frame).blur(reach).raw(), 'memory')).data);
  const least = threshold * 255;
  let index = 0;
  await picture.edit((frame) => {
    const smooth = blurred[index++] as Buffer;
    for (let at = 0; at < frame.data.length; at++) {
      if (at % 4 === 3) continue;
      const value = frame.data[at] as number;
      const difference = value - (smooth[at] as number);
      if (Math.abs(difference) < least) continue;
      frame.data[at] = Math.min(255, Math.max(0, Math.round(value + amount * difference)));
    }
  });
};
