import type { Pixels } from './pixels.ts';

/**
 * Copies what lies at a point of one picture to a place of another, between four pixels in proportion, colours weighted
 * by their opacity so that what is transparent lends no colour. Beyond the edges lies nothing. Both have four channels.
 */
export function sample({ data, width, height }: Pixels, x: number, y: number, target: Buffer, to: number): void {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const [shareX, shareY] = [x - column, y - row];
  let alpha = 0;
  let [r, g, b] = [0, 0, 0];
  for (let part = 0; part < 4; part++) {
    const [atColumn, atRow] = [column + (part & 1), row + (part >> 1)];
    if (atColumn < 0 || atRow < 0 || atColumn >= width || atRow >= height) continue;
    const at = (atRow * width + atColumn) * 4;
    const share =
      ((part & 1) === 0 ? 1 - shareX : shareX) * (part < 2 ? 1 - shareY : shareY) * (data[at + 3] as number);
    alpha += share;
    r += share * (data[at] as number);
    g += share * (data[at + 1] as number);
    b += share * (data[at + 2] as number);
  }
  if (alpha <= 0) return;
  target[to] = Math.round(r / alpha);
  target[to + 1] = Math.round(g / alpha);
  target[to + 2] = Math.round(b / alpha);
  target[to + 3] = Math.round(alpha);
}
