import { framesOf, type Pixels } from '../picture/pixels.ts';

/** Cells of the colour cube that colours are counted in: 16 shades a side. */
const BITS = 4;
const SIDE = 1 << BITS;
const CELLS = SIDE ** 3;

/** From a shade of 8 bits to its side of the cube. */
const SHIFT = 8 - BITS;

/** Share of a frame that may have any colour: it is too little to be seen. */
const UNSEEN = 0.0002;

/** Share of a frame that may have a colour at most two cells beside one of the first frame, as soft edges have. */
const HARDLY_SEEN = 0.001;

/** Times that a colour may take more room in a later frame than in the first one. A palette gives what is rare few entries. */
const GROWTH = 8;

/**
 * Whether the palette of an animation's first frame serves all of them: no later frame has a colour that the first one
 * lacks or hardly has. The encoder then looks for 256 colours once, which takes half of its time; the GIF has one palette
 * instead of one for each frame, and no flicker between two.
 */
export function sharesPalette(pixels: Pixels): boolean {
  const [first, ...later] = framesOf(pixels);
  if (!first || later.length === 0) return false;
  const room = roomFor(countColours(first), first.width * first.height);
  return later.every((frame) => fits(countColours(frame), room));
}

function fits(counts: Float64Array, room: Float64Array): boolean {
  for (let cell = 0; cell < CELLS; cell++) if ((counts[cell] as number) > (room[cell] as number)) return false;
  return true;
}

/** Pixels in each cell. What is transparent has no colour. */
function countColours({ data, channels }: Pixels): Float64Array {
  const counts = new Float64Array(CELLS);
  for (let at = 0; at < data.length; at += channels) {
    if (channels === 4 && (data[at + 3] as number) < 128) continue;
    const cell =
      (((data[at] as number) >> SHIFT) << (2 * BITS)) |
      (((data[at + 1] as number) >> SHIFT) << BITS) |
      ((data[at + 2] as number) >> SHIFT);
    counts[cell] = (counts[cell] as number) + 1;
  }
  return counts;
}

/** Pixels that a later frame may have in each cell, by what lies in and around it: colours near the border of a cell drift. */
function roomFor(counts: Float64Array, pixels: number): Float64Array {
  const [near, around] = [sumsAround(counts, 1), sumsAround(counts, 2)];
  return near.map((sum, cell) => GROWTH * sum + ((around[cell] as number) > 0 ? HARDLY_SEEN : UNSEEN) * pixels);
}

/** Of each cell, the pixels in it and in those up to `reach` beside it on every axis: summed along one after the other. */
function sumsAround(counts: Float64Array, reach: number): Float64Array {
  let sums = counts;
  for (const step of [1, SIDE, SIDE * SIDE]) {
    const before = sums;
    sums = before.map((_, cell) => {
      const at = Math.floor(cell / step) % SIDE;
      let sum = 0;
      for (let by = Math.max(-reach, -at); by <= Math.min(reach, SIDE - 1 - at); by++)
        sum += before[cell + by * step] as number;
      return sum;
    });
  }
  return sums;
}
