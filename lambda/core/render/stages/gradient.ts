import type { Gradient } from '../../plan/plan.ts';
import type { Pixels } from '../picture/pixels.ts';
import type { Stage } from './stage.ts';

/** Draws a gradient over the whole picture, by its colours' own opacity. */
export const gradient: Stage = async (picture, { gradient: wish }) => {
  if (!wish) return;
  await picture.edit((frame) => draw(frame, wish));
};

/** Along a line whose ends are where the farthest corners are (CSS Images 3, "linear gradients"). */
function draw({ data, width, height }: Pixels, { angle, from, to, stop }: Gradient): void {
  const radians = (angle * Math.PI) / 180;
  const [across, down] = [Math.sin(radians), -Math.cos(radians)];
  const length = Math.abs(width * across) + Math.abs(height * down);
  const way = Math.max(1, stop <= 1 ? length * stop : stop);
  const start = length / 2 - (across * width) / 2 - (down * height) / 2;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const share = Math.min(1, Math.max(0, (start + across * (x + 0.5) + down * (y + 0.5)) / way));
      const alpha = from.alpha + (to.alpha - from.alpha) * share;
      if (alpha <= 0) continue;
      blendOver(data, (y * width + x) * 4, alpha, [
        mix(from.r * from.alpha, to.r * to.alpha, share) / alpha,
        mix(from.g * from.alpha, to.g * to.alpha, share) / alpha,
        mix(from.b * from.alpha, to.b * to.alpha, share) / alpha,
      ]);
    }
  }
}

const mix = (one: number, other: number, share: number): number => one + (other - one) * share;

/** Porter and Duff's "over"; colours are not multiplied by alpha. */
function blendOver(data: Buffer, at: number, alpha: number, colour: readonly [number, number, number]): void {
  const below = ((data[at + 3] as number) / 255) * (1 - alpha);
  const result = alpha + below;
  for (let channel = 0; channel < 3; channel++) {
    const value = ((colour[channel] as number) * alpha + (data[at + channel] as number) * below) / result;
    data[at + channel] = Math.round(Math.min(255, Math.max(0, value)));
  }
  data[at + 3] = Math.round(result * 255);
}
