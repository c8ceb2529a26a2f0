import type { Region, Size } from '../../plan/geometry/size.ts';
import { run } from '../engine.ts';
import { fromPixels, type Pixels } from '../picture/pixels.ts';

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
function squaresOf(pixels: Pixels, side: number): Pixels {
  const { data, width, channels } = pixels;
  const places = squarePlaces(pixels, side);
  const rows = places.flatMap(({ left, top, width: across, height: down }) =>
    Array.from({ length: down }, (_, line) => {
      const start = ((top + line) * width + left) * channels;
      return data.subarray(start, start + across * channels);
    }),
  );
  return { data: Buffer.concat(rows), width: Math.min(side, width), height: rows.length, channels, frames: 1 };
}

/** Where sixteen squares of a frame lie. */
export function squarePlaces({ width, height }: Size, side: number): Region[] {
  const [across, down] = [Math.min(side, width), Math.min(side, height)];
  return GRID.flatMap((row) =>
    GRID.map((column) => ({
      left: Math.round(((width - across) * column) / 8),
      top: Math.round(((height - down) * row) / 8),
      width: across,
      height: down,
    })),
  );
}
