import type { Region } from '../../plan/geometry/size.ts';
import type { Pixels } from '../picture/pixels.ts';
import { squarePlaces } from './busyness.ts';

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
  const looks = squarePlaces(pixels, SIDE).map((square) => lookAt(pixels, square));
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

function lookAt(pixels: Pixels, square: Region): Look {
  const { width, height } = square;
  const grey = new Int32Array(width * height);
  const { colour, brightness } = readGrey(pixels, square, grey);
  let [detail, slope] = [0, 0];
  for (let y = 0; y < height; y++) {
    const isInside = y > 0 && y < height - 1;
    // Whole numbers of 32 bits are what processors add up fastest; a row's sums are such.
    let [rowDetail, rowSlope] = [0, 0];
    const last = (y + 1) * width - 1;
    for (let at = y * width + 1; at < last; at++) {
      const here = grey[at] as number;
      const left = grey[at - 1] as number;
      rowSlope = (rowSlope + Math.abs(here - left)) | 0;
      if (!isInside) continue;
      const around = left + (grey[at + 1] as number) + (grey[at - width] as number) + (grey[at + width] as number);
      rowDetail = (rowDetail + Math.abs(4 * here - around)) | 0;
    }
    slope += rowSlope + Math.abs((grey[last] as number) - (grey[last - 1] as number));
    detail += rowDetail;
  }
  return {
    detail: detail / ((width - 2) * (height - 2)) / SHADE,
    slope: slope / ((width - 1) * height) / SHADE,
    colour: colour / grey.length / SHADE,
    brightness: brightness / grey.length / SHADE,
  };
}

/** Parts of a shade of grey, so that whole numbers suffice; the weights of the colours (ITU-R BT.601) are such parts. */
const SHADE = 256;
const [RED, GREEN, BLUE] = [77, 150, 29] as const;

/** Fills in the greys of a square, on white, and sums up. */
function readGrey(pixels: Pixels, { left, top, width, height }: Region, grey: Int32Array) {
  const { data, channels } = pixels;
  let [colour, brightness] = [0, 0];
  for (let y = 0; y < height; y++) {
    let [rowColour, rowBrightness] = [0, 0];
    let from = ((top + y) * pixels.width + left) * channels;
    for (let at = y * width; at < (y + 1) * width; at++, from += channels) {
      let red = data[from] as number;
      let green = data[from + 1] as number;
      let blue = data[from + 2] as number;
      const cover = channels === 4 ? (data[from + 3] as number) : 255;
      if (cover < 255) [red, green, blue] = [onWhite(red, cover), onWhite(green, cover), onWhite(blue, cover)];
      const light = (RED * red + GREEN * green + BLUE * blue) | 0;
      grey[at] = light;
      rowBrightness = (rowBrightness + light) | 0;
      rowColour = (rowColour + Math.abs(SHADE * blue - light) + Math.abs(SHADE * red - light)) | 0;
    }
    colour += rowColour;
    brightness += rowBrightness;
  }
  return { colour, brightness };
}

const onWhite = (value: number, cover: number): number => Math.round(255 - (cover * (255 - value)) / 255);
