import { largestToTurn, turnedSize } from '../../plan/geometry/output-size.ts';
import { sameSize } from '../../plan/geometry/size.ts';
import { isColour } from '../../plan/plan.ts';
import { guardOutput } from '../picture/guard-output.ts';
import { isOpaque, TRANSPARENT, toSharp } from '../picture/paint.ts';
import type { Picture } from '../picture/picture.ts';
import type { Stage } from './stage.ts';

/** Rotates clockwise, then flips. */
export const turn: Stage = async (picture, { rotate, flip, background, border }, { noteLimited }) => {
  const degrees = typeof rotate === 'number' ? ((rotate % 360) + 360) % 360 : 0;
  const horizontal = flip?.horizontal ?? false;
  const vertical = flip?.vertical ?? false;
  if (degrees % 90 === 0) return quarterTurns(picture, degrees, horizontal, vertical);
  const colour = background && isColour(background) && isOpaque(background) ? background : TRANSPARENT;
  const smaller = largestToTurn(picture.size, degrees, border?.width ?? 0);
  if (!sameSize(smaller, picture.size)) {
    noteLimited(turnedSize(smaller, degrees), turnedSize(picture.size, degrees));
    await picture.scaleTo(smaller);
  }
  guardOutput(turnedSize(smaller, degrees), picture.frames);
  // The canvas grows to what the turned picture needs; its corners are open or the step's background.
  await picture.redraw((image) => image.rotate(degrees, { background: toSharp(colour) }));
  if (colour === TRANSPARENT) picture.hasGaps = true;
  await quarterTurns(picture, 0, horizontal, vertical);
};

/** sharp flips before it rotates; after a turn of 90 degrees a horizontal flip is what a vertical one was before it. */
async function quarterTurns(picture: Picture, degrees: number, horizontal: boolean, vertical: boolean): Promise<void> {
  if (degrees === 0 && !horizontal && !vertical) return;
  const swaps = degrees % 180 !== 0;
  const { width, height } = picture.size;
  await picture.drawFrame(
    'turn',
    (image) =>
      image
        .flop(swaps ? vertical : horizontal)
        .flip(swaps ? horizontal : vertical)
        .rotate(degrees),
    { size: swaps ? { width: height, height: width } : { width, height } },
  );
}
