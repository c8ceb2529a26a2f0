import type { Pixels } from '../picture/pixels.ts';
import { squaresOf } from './busyness.ts';

/** Pixels a side of the sixteen squares that are looked at: 65,536 pixels take about a millisecond. */
const SIDE = 64;

/** A picture of fewer pixels a side is not looked at: its squares would all show the same. */
const LEAST = 128;

/** Mean brightness of a square below which it is dark, of 255: encoders are told little of it, and eyes see much. */
const DARK = 50;

/** What one square shows, means of its pixels. */
interface Look {
  /** Difference of a pixel to its four neighbours, times four. */
  readonly detail: number;
  /** Difference to the neighbour on the left. */
  readonly slope: number;
  /** Distance of blue and red from grey. */
  readonly colour: number;
  readonly brightness: number;
}

/**
 * How hard a picture is for encoders: 0 for the mean one, which scores 80 at quality 80, 0.2 for one that scores 75, -0.2 for one
 * that scores 84. It is the logarithm of what SSIMULACRA2 lacks to 103, as four figures of the pixels tell it: fitted over 44
 * pictures, on the encoders together (docs/performance.md). Fine detail makes pictures hard, and colours, and dark squares;
 * slopes that are steep but smooth hide errors.
 * @returns undefined of a picture too small to tell
 */
export function complexityOf(pixels: Pixels): number | undefined {
  if (pixels.width < LEAST || pixels.height < LEAST) return undefined;
  const squares = squaresOf(pixels, SIDE);
  const rows = Math.min(SIDE, pixels.height);
  const looks = Array.from({ length: squares.height / rows }, (_, index) => lookAt(squares, index * rows, rows));
  const mean = (part: keyof Look) => looks.reduce((sum, look) => sum + look[part], 0) / looks.length;
  const dark = looks.filter(({ brightness }) => brightness < DARK).length / looks.length;
  return (
    0.35 * Math.log(mean('detail') + 0.3) -
    0.26 * Math.log(mean('slope') + 0.3) +
    0.08 * Math.log(mean('colour') + 4) +
    0.3 * dark -
    0.69
  );
}

function lookAt(squares: Pixels, top: number, rows: number): Look {
  const { width } = squares;
  const grey = new Int32Array(width * rows);
  const { colour, brightness } = readGrey(squares, top * width, grey);
  let [detail, slope] = [0, 0];
  for (let y = 0; y < rows; y++) {
    const isInside = y > 0 && y < rows - 1;
    for (let at = y * width + 1; at < (y + 1) * width; at++) {
      const here = grey[at] as number;
      const left = grey[at - 1] as number;
      slope += Math.abs(here - left);
      if (!isInside || at === (y + 1) * width - 1) continue;
      const around = left + (grey[at + 1] as number) + (grey[at - width] as number) + (grey[at + width] as number);
      detail += Math.abs(4 * here - around);
    }
  }
  return {
    detail: detail / ((width - 2) * (rows - 2)) / SHADE,
    slope: slope / ((width - 1) * rows) / SHADE,
    colour: colour / grey.length / SHADE,
    brightness: brightness / grey.length / SHADE,
  };
}

/** Parts of a shade of grey, so that whole numbers suffice; the weights of the colours (ITU-R BT.601) are such parts. */
const SHADE = 256;
const [RED, GREEN, BLUE] = [77, 150, 29] as const;

/** Fills in the greys of a square, on white, and sums up. */
function readGrey({ data, channels }: Pixels, first: number, grey: Int32Array): { colour: number; brightness: number } {
  let [colour, brightness] = [0, 0];
  for (let at = 0; at < grey.length; at++) {
    const from = (first + at) * channels;
    let red = data[from] as number;
    let green = data[from + 1] as number;
    let blue = data[from + 2] as number;
    const cover = channels === 4 ? (data[from + 3] as number) : 255;
    if (cover < 255) [red, green, blue] = [onWhite(red, cover), onWhite(green, cover), onWhite(blue, cover)];
    const light = RED * red + GREEN * green + BLUE * blue;
    grey[at] = light;
    brightness += light;
    colour += Math.abs(SHADE * blue - light) + Math.abs(SHADE * red - light);
  }
  return { colour, brightness };
}

const onWhite = (value: number, cover: number): number => Math.round(255 - (cover * (255 - value)) / 255);
