import { run } from '../engine.ts';
import { framesOf, fromPixels, type Pixels } from '../picture/pixels.ts';

/** Pixels a side of the squares that are tried. */
const SIDE = 128;

/** Where the squares lie, eighths of what a picture has beside one. */
const GRID = [1, 3, 5, 7] as const;

/** Bits a pixel of even noise, the busiest picture there is. */
export const BUSIEST = 4.5;

/**
 * How much there is to encode in a picture: bits a pixel of a JPEG of quality 80, tried on sixteen squares of it. A clear sky
 * has 0.1, a photograph 1 to 2, noise 4.3. The encoders' time grows with it in proportion (encoding-cost.ts). Counted in
 * bytes and not timed, so that it is the same on every machine.
 */
export async function busynessOf(pixels: Pixels): Promise<number> {
  const tiles = squaresOf(pixels, SIDE);
  const { data } = await run(fromPixels(tiles).flatten().jpeg({ quality: 80 }), 'memory');
  return Math.min(BUSIEST, (data.byteLength * 8) / (tiles.width * tiles.height));
}

/** Sixteen squares of the first frame, in a grid over it, one below the other. They overlap in a small picture. */
export function squaresOf(pixels: Pixels, side: number): Pixels {
  const [frame = pixels] = framesOf(pixels);
  const { width, height, channels } = frame;
  const [across, down] = [Math.min(side, width), Math.min(side, height)];
  const rows: Buffer[] = [];
  for (const [row, column] of GRID.flatMap((one) => GRID.map((other) => [one, other] as const))) {
    const top = Math.round(((height - down) * row) / 8);
    const left = Math.round(((width - across) * column) / 8);
    for (let line = top; line < top + down; line++) {
      const start = (line * width + left) * channels;
      rows.push(frame.data.subarray(start, start + across * channels));
    }
  }
  return { data: Buffer.concat(rows), width: across, height: rows.length, channels, frames: 1 };
}
