import sharp, { type OutputInfo, type Sharp } from 'sharp';
import { giveBack } from '../../kernel/give-back.ts';

/** Raw pixels, 8 bits a channel, sRGB unless the source's profile is kept. Width and height are a frame's. */
export interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly frames: number;
}

/** What a raw sharp call gave. */
export function toPixels({ data, info }: { data: Buffer; info: OutputInfo }, frames: number): Pixels {
  const channels = info.channels === 4 ? 4 : 3;
  return { data, width: info.width, height: info.pageHeight ?? info.height, channels, frames };
}

/** A sharp call that begins with them. */
export function fromPixels({ data, width, height, channels, frames }: Pixels): Sharp {
  return sharp(data, {
    raw: { width, height: height * frames, channels, ...(frames > 1 && { pageHeight: height }) },
    animated: frames > 1,
    limitInputPixels: false,
  });
}

/** Each frame alone; the bytes are shared. */
export function framesOf(pixels: Pixels): Pixels[] {
  const bytes = pixels.width * pixels.height * pixels.channels;
  return Array.from({ length: pixels.frames }, (_, index) => ({
    ...pixels,
    data: pixels.data.subarray(index * bytes, (index + 1) * bytes),
    frames: 1,
  }));
}

/** @param frames at least one, all of one size */
export function joinFrames(frames: readonly Pixels[]): Pixels {
  const [first] = frames;
  if (!first) throw new Error('A picture has at least one frame');
  // A copy of a large picture is what its memory limit may lack.
  if (frames.length === 1) return first;
  return { ...first, data: Buffer.concat(frames.map(({ data }) => data)), frames: frames.length };
}

/** Gives the memory of pixels back that nobody reads any more. */
export const release = ({ data }: Pixels): void => giveBack(data);

/** Whether nothing shows through. */
export function isOpaque({ data, channels }: Pixels): boolean {
  if (channels === 3) return true;
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false;
  return true;
}
