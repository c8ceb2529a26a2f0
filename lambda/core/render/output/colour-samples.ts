import type { OutputFormat } from '../../plan/plan.ts';
import type { Losses } from './losses.ts';

/**
 * Whether colour is kept as fine as brightness. Of JPEG and WebP it is from 90 on, where it is what limits the score (90.3 for
 * WebP), and where the picture has colours as fine as its lines: those pictures score 60 to 75 at q-80 without, and up to 83
 * with it for a third to a half more bytes, which no number buys. Of others thinned colour is not seen and saves JPEG a third of its bytes.
 * AVIF always keeps it, which takes 2 to 4 % fewer bytes at the same score, but for large pictures: the encoder needs half as much
 * memory again.
 */
export function keepsColourSamples(format: OutputFormat, quality: number, { losses, pixels }: Look): boolean {
  if (quality >= MOST_THINNED || (losses && isColourful(losses))) return true;
  return format === 'avif' && pixels <= MOST_AVIF_PIXELS;
}

/** Quality from which on nothing is thinned. */
export const MOST_THINNED = 90;

/** Whether a picture has colours as fine as its lines. */
export const isColourful = ({ colour }: Losses): boolean => colour > COLOUR_IS_SEEN;

/** What is known of a picture before it is encoded. */
export interface Look {
  /** Missing where nobody looked. */
  readonly losses?: Losses | undefined;
  /** Of all frames. */
  readonly pixels: number;
}

const COLOUR_IS_SEEN = -7.9;
const MOST_AVIF_PIXELS = 3_000_000;

/** What colours that are not thinned lose. */
export const NO_COLOUR_LOST = -12;
