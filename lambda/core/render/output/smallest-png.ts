import sharp, { type Sharp } from 'sharp';
import { type PixelOrigin, run } from '../engine.ts';
import type { Picture } from '../picture/picture.ts';
import type { Pixels } from '../picture/pixels.ts';

/** Colours that a palette holds. */
const PALETTE = 256;

/** The finished pixels, if a palette may hold all of their colours. */
export async function fewColours(picture: Picture): Promise<Pixels | undefined> {
  const pixels = await picture.settle();
  return countsUpTo(pixels, PALETTE) ? pixels : undefined;
}

/** The smallest of several ways to pack the same pixels: with filters, without, and with a palette where nothing is lost by it. */
export async function smallestPng(image: Sharp, origin: PixelOrigin, colours: Pixels | undefined): Promise<Buffer> {
  const made: Buffer[] = [];
  for (const adaptiveFiltering of [true, false]) {
    made.push((await run(image.clone().png({ compressionLevel: 9, adaptiveFiltering }), origin)).data);
  }
  if (colours) made.push(...(await withPalette(image, origin, colours)));
  return made.reduce((least, one) => (one.byteLength < least.byteLength ? one : least));
}

/** Empty where the palette is not the picture's own colours: libimagequant promises good ones, not the same. */
async function withPalette(image: Sharp, origin: PixelOrigin, colours: Pixels): Promise<Buffer[]> {
  const { data } = await run(image.clone().png({ palette: true, dither: 0, compressionLevel: 9 }), origin);
  const made = sharp(data).toColourspace('srgb');
  const shown = await run((colours.channels === 4 ? made.ensureAlpha() : made.removeAlpha()).raw(), 'memory');
  return shown.data.equals(colours.data) ? [data] : [];
}

function countsUpTo({ data, channels }: Pixels, most: number): boolean {
  const seen = new Set<number>();
  for (let at = 0; at < data.length; at += channels) {
    seen.add(channels === 4 ? data.readUInt32LE(at) : data.readUIntLE(at, 3));
    if (seen.size > most) return false;
  }
  return true;
}
