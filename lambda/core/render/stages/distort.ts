import { warpOf } from '../../plan/geometry/distorted.ts';
import { guardOutput } from '../picture/guard-output.ts';
import { sample } from '../picture/sample.ts';
import type { Stage } from './stage.ts';

/** Bends the picture or puts its corners elsewhere; where nothing comes from the canvas is open. */
export const distort: Stage = async (picture, { distort: wish }) => {
  if (!wish) return;
  const { output, from } = warpOf(wish, picture.size);
  guardOutput(output, picture.frames);
  await picture.replace((frame) => {
    const data = Buffer.alloc(output.width * output.height * 4);
    for (let y = 0; y < output.height; y++) {
      for (let x = 0; x < output.width; x++) {
        const [sourceX, sourceY] = from(x, y);
        sample(frame, sourceX, sourceY, data, (y * output.width + x) * 4);
      }
    }
    return { ...frame, ...output, data };
  });
  picture.hasGaps = true;
};
