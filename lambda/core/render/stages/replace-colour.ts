import { dominantOf } from '../picture/dominant-colour.ts';
import type { Stage } from './stage.ts';

/** Pixels a side on which the dominant colour is counted. */
const PROXY_SIDE = 200;

/** Distance, in a channel's shades, up to which the full tolerance reaches. */
const FARTHEST = 255;

/**
 * Moves the pixels near one colour towards another by the difference of the two, so that shades stay shades. The farther
 * a pixel is within the tolerance, the less it moves: no hard edge is left.
 */
export const replaceColour: Stage = async (picture, { replaceColour: wish }) => {
  if (!wish) return;
  const [proxy] = wish.from ? [] : await picture.proxies(PROXY_SIDE);
  const from = wish.from ?? (proxy && dominantOf(proxy));
  if (!from) return;
  const shift = [wish.to.r - from.r, wish.to.g - from.g, wish.to.b - from.b] as const;
  const reach = Math.max(1, (wish.tolerance / 100) * FARTHEST);
  const full = reach / 2;
  await picture.edit(({ data }) => {
    for (let at = 0; at < data.length; at += 4) {
      const distance = Math.hypot(
        (data[at] as number) - from.r,
        (data[at + 1] as number) - from.g,
        (data[at + 2] as number) - from.b,
      );
      if (distance >= reach) continue;
      const share = distance <= full ? 1 : (reach - distance) / (reach - full);
      for (let channel = 0; channel < 3; channel++) {
        const moved = (data[at + channel] as number) + (shift[channel] as number) * share;
        data[at + channel] = Math.min(255, Math.max(0, Math.round(moved)));
      }
    }
  });
};
