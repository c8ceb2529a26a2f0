import type { Pixels } from '../picture/pixels.ts';
import { BLOCK, transformBlock } from './block-transform.ts';
import { squarePlaces } from './busyness.ts';
import { COARSE, FINE, MIDDLE, roundedAt } from './rounded-block.ts';

/** Pixels a side of the sixteen squares that are looked at, every other block of them: 32,768 pixels take half a millisecond. */
const SIDE = 64;

/** A picture of fewer pixels a side is not looked at: its squares would all show the same. */
const LEAST = 128;

/**
 * What encoders take from a picture, found by doing to some of its blocks what JPEG of quality 80 does. A block's loss is the
 * error beside what there is to hide it, both as the eye counts light; losses are natural logarithms of means over the blocks, powers of
 * which make the worst ones count more.
 */
export interface Losses {
  /** Of all frequencies; the worst blocks count most, as they do to the eye. */
  readonly worst: number;
  /** Of the frequencies that are left of a picture of a quarter of the size. */
  readonly coarse: number;
  /** Of those that half the size adds. */
  readonly middle: number;
  /** Of those that only the full size shows. */
  readonly fine: number;
  /** What even, wide steps take from coarse and middle ones, as WebP and AVIF have them: faint texture. */
  readonly wide: number;
  /** What is lost where two by two pixels share their colour, the worst blocks first. */
  readonly colour: number;
  /** Share of dark blocks: encoders are told little of them, and eyes see much. */
  readonly dark: number;
  /** Mean brightness, of 2.55. */
  readonly brightness: number;
}

/** Sums over the blocks so far. */
interface Sums {
  blocks: number;
  worst: number;
  coarse: number;
  middle: number;
  fine: number;
  wide: number;
  colour: number;
  dark: number;
  brightness: number;
}

/**
 * Arithmetic on pixels without randomness or time: the same picture has the same losses. Transparent ones are seen on white.
 * @returns undefined of a picture too small to tell
 */
export function lossesOf(pixels: Pixels): Losses | undefined {
  if (pixels.width < LEAST || pixels.height < LEAST) return undefined;
  const sums: Sums = {
    ...{ blocks: 0, worst: 0, coarse: 0, middle: 0, fine: 0, wide: 0, colour: 0, dark: 0, brightness: 0 },
  };
  for (const { left, top } of squarePlaces(pixels, SIDE)) {
    for (let row = 0; row < SIDE; row += BLOCK) {
      for (let column = row % (2 * BLOCK); column < SIDE; column += 2 * BLOCK) {
        readBlock(pixels, left + column, top + row);
        addBlock(sums);
      }
    }
  }
  const { blocks } = sums;
  return {
    worst: logarithm((sums.worst / blocks) ** (1 / 4)),
    coarse: logarithm(sums.coarse / blocks),
    middle: logarithm(sums.middle / blocks),
    fine: logarithm(Math.sqrt(sums.fine / blocks)),
    wide: logarithm((sums.wide / blocks) ** (1 / 4)),
    colour: logarithm(Math.sqrt(sums.colour / blocks)),
    dark: sums.dark / blocks,
    brightness: sums.brightness / blocks / 100,
  };
}

/** A flat picture loses nothing; anything smaller than this is nothing, too. */
const logarithm = (loss: number): number => Math.log(loss + 1e-6);

/** The block that is looked at: its brightness, and how far red is from it. Kept for the next one, there are 512 of them. */
const light = new Float64Array(BLOCK * BLOCK);
const red = new Float64Array(BLOCK * BLOCK);

function readBlock({ data, width, channels }: Pixels, left: number, top: number): void {
  for (let y = 0, at = 0; y < BLOCK; y++) {
    let from = ((top + y) * width + left) * channels;
    for (let x = 0; x < BLOCK; x++, at++, from += channels) {
      let r = data[from] as number;
      let g = data[from + 1] as number;
      let b = data[from + 2] as number;
      const cover = channels === 4 ? (data[from + 3] as number) : 255;
      if (cover < 255) [r, g, b] = [onWhite(r, cover), onWhite(g, cover), onWhite(b, cover)];
      // ITU-R BT.601, as JPEG has it.
      const brightness = 0.299 * r + 0.587 * g + 0.114 * b;
      light[at] = brightness;
      red[at] = r - brightness;
    }
  }
}

const onWhite = (value: number, cover: number): number => 255 - (cover * (255 - value)) / 255;

/** Mean brightness of a block below which it is dark, of 255. */
const DARK = 50;

/** Square of the contrast below which the eye sees no structure (SSIMULACRA2 has the same), and a smaller one for faint texture. */
const UNSEEN = 0.0009;
const FAINT = 0.0003;

function addBlock(sums: Sums): void {
  let brightness = 0;
  for (const value of light) brightness += value;
  brightness /= light.length;
  const visible = (VISIBILITY[Math.round(brightness)] as number) / light.length;
  const colour = thinnedColour() * visible;
  transformBlock(light);
  const loss = (error: number, energy: number, unseen: number) => (error * visible) / (2 * energy * visible + unseen);
  const coarse = roundedAt(light, COARSE);
  const middle = roundedAt(light, MIDDLE);
  const fine = roundedAt(light, FINE);
  const worst = loss(coarse.error + middle.error + fine.error, coarse.energy + middle.energy + fine.energy, UNSEEN);
  const wide = loss(coarse.wide + middle.wide, coarse.energy + middle.energy, FAINT);
  const finest = loss(fine.error, fine.energy, UNSEEN);
  sums.colour += colour * colour;
  sums.worst += worst * worst * worst * worst;
  sums.coarse += loss(coarse.error, coarse.energy, UNSEEN);
  sums.middle += loss(middle.error, middle.energy, UNSEEN);
  sums.fine += finest * finest;
  sums.wide += wide * wide * wide * wide;
  sums.dark += brightness < DARK ? 1 : 0;
  sums.brightness += brightness;
  sums.blocks++;
}

/** Sum of squares of what red loses where two by two pixels share it. */
function thinnedColour(): number {
  let lost = 0;
  for (let y = 0; y < BLOCK; y += 2) {
    for (let at = y * BLOCK; at < (y + 1) * BLOCK; at += 2) {
      const [a, b] = [red[at] as number, red[at + 1] as number];
      const [c, d] = [red[at + BLOCK] as number, red[at + BLOCK + 1] as number];
      lost += a * a + b * b + c * c + d * d - (a + b + c + d) ** 2 / 4;
    }
  }
  return lost;
}

/**
 * How much of a small difference the eye sees at a brightness, squared: the slope of the cube root of light, with the light that
 * eyes add of themselves (XYB of JPEG XL, ISO/IEC 18181-1).
 */
const VISIBILITY = Float64Array.from({ length: 256 }, (_, brightness) => {
  const [below, above] = [Math.max(0, brightness - 2), Math.min(255, brightness + 2)];
  return ((seen(above) - seen(below)) / (above - below)) ** 2;
});

function seen(brightness: number): number {
  const value = brightness / 255;
  return Math.cbrt((value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4) + 0.0038);
}
