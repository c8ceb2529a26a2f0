import type { SharpOptions } from 'sharp';

/** Red, green, blue 0..255 and opacity 0..1. */
export type Rgba = readonly [number, number, number, number];

/** Raw pixels in the form that sharp takes. */
export type Pixels = [Buffer, SharpOptions];

/** Samples of a pixel along each side; edges become smooth. */
const SUBPIXELS = 2;

/** Asks `paint` for the colour at every point of a canvas, x and y from 0 to 1, and averages over each pixel. */
export function paintCanvas(width: number, height: number, paint: (x: number, y: number) => Rgba): Pixels {
  const pixels = Buffer.alloc(width * height * 4);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      averageInto(pixels, (row * width + column) * 4, (subX, subY) =>
        paint((column + subX) / width, (row + subY) / height),
      );
    }
  }
  return [pixels, { raw: { width, height, channels: 4 } }];
}

function averageInto(pixels: Buffer, offset: number, at: (subX: number, subY: number) => Rgba): void {
  let [red, green, blue, opacity] = [0, 0, 0, 0];
  for (let index = 0; index < SUBPIXELS * SUBPIXELS; index++) {
    const [r, g, b, a] = at(((index % SUBPIXELS) + 0.5) / SUBPIXELS, (Math.floor(index / SUBPIXELS) + 0.5) / SUBPIXELS);
    red += r * a;
    green += g * a;
    blue += b * a;
    opacity += a;
  }
  const weight = opacity || 1;
  pixels[offset] = Math.round(red / weight);
  pixels[offset + 1] = Math.round(green / weight);
  pixels[offset + 2] = Math.round(blue / weight);
  pixels[offset + 3] = Math.round((opacity / (SUBPIXELS * SUBPIXELS)) * 255);
}

/** The colour between two, `share` 0..1 of the way. */
export function between(from: Rgba, to: Rgba, share: number): Rgba {
  const s = Math.min(1, Math.max(0, share));
  return [
    from[0] + (to[0] - from[0]) * s,
    from[1] + (to[1] - from[1]) * s,
    from[2] + (to[2] - from[2]) * s,
    from[3] + (to[3] - from[3]) * s,
  ];
}

/** A smooth line with hills: a sum of sines, the same for the same seed. Result about -1..1. */
export function hills(x: number, seed: number): number {
  let height = 0;
  for (let octave = 1; octave <= 5; octave++) {
    height += Math.sin(x * 2 ** octave * 2.1 + seed * octave * 1.7) / 1.8 ** octave;
  }
  return height;
}

/** Values of a curve at many points between two ends, looked up instead of computed for every pixel. */
export function tabulate(from: number, to: number, curve: (x: number) => number): (x: number) => number {
  const steps = 4096;
  const values = Float64Array.from({ length: steps + 1 }, (_, index) => curve(from + ((to - from) * index) / steps));
  return (x) => values[Math.round(((x - from) / (to - from)) * steps)] ?? 0;
}
