import type { OutputFormat } from '../../plan/plan.ts';

/** Seconds of one processor for a pixel: `still` of a picture without any detail, `busy` for each bit of busyness.ts. */
interface Cost {
  readonly still: number;
  readonly busy: number;
}

/**
 * Measured on a 2-core x86-64 virtual machine as processor time, at 12 and 24 megapixels, with the effort that is taken for
 * such pictures; seconds a megapixel, of a smooth picture (0.1 bits) and of noise (4.3 bits):
 * AVIF 0.06 and 0.26, WebP 0.03 and 0.11, JPEG 0.01 and 0.04, PNG (level 1) 0.01 and 0.08, GIF 0.4.
 */
const COSTS: Readonly<Record<OutputFormat | 'losslessWebp', Cost>> = {
  avif: { still: 55e-9, busy: 48e-9 },
  webp: { still: 30e-9, busy: 19e-9 },
  jpeg: { still: 10e-9, busy: 7e-9 },
  png: { still: 10e-9, busy: 16e-9 },
  gif: { still: 400e-9, busy: 0 },
  losslessWebp: { still: 300e-9, busy: 130e-9 },
};

/** Bytes of memory for a pixel, the picture's own among them, and of the process itself (measured as VmHWM). */
const AVIF_BYTES = 24;
const PROCESS_BYTES = 76_000_000;

/** Seconds of one processor of an encode. */
export const secondsToEncode = (encoder: keyof typeof COSTS, pixels: number, busyness: number): number =>
  pixels * (COSTS[encoder].still + COSTS[encoder].busy * busyness);

/** Bytes of memory that a process needs at most that encodes an AVIF. Other formats take less than a third of it. */
export const bytesToEncodeAvif = (pixels: number): number => PROCESS_BYTES + pixels * AVIF_BYTES;
