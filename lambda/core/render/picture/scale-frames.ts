import sharp from 'sharp';
import { type Size, sameSize } from '../../plan/geometry/size.ts';
import { run } from '../engine.ts';
import { framesOf, joinFrames, type Pixels } from './pixels.ts';

/** How sharp weighs the pixels around a point. */
export type Kernel = 'lanczos3' | 'linear';

/** Result rows that a kernel reaches to each side, and half of one for the boxes that libvips shrinks by first. */
const REACH = 3.5;

/** Bytes of frames that are scaled in one call. Every call costs as much as the scaling of a small frame. */
const CALL_BYTES = 32_000_000;

/**
 * Scales each frame of an animation, as if it was alone. Frames lie one below the other, so a kernel would
 * mix the last rows of one with the first of the next (up to half of the colours). Rows are put between them that repeat
 * the frames' edges, as many as make every frame begin on a whole row of the result.
 */
export async function scaleFrames(pixels: Pixels, size: Size, kernel: Kernel): Promise<Pixels> {
  if (sameSize(pixels, size)) return pixels;
  const gap = gapBetween(pixels.height, size.height);
  const atOnce = Math.max(1, Math.floor(CALL_BYTES / (rowBytes(pixels) * (pixels.height + gap))));
  const frames = framesOf(pixels);
  const scaled: Pixels[] = [];
  for (let first = 0; first < frames.length; first += atOnce) {
    scaled.push(...(await scaleApart(frames.slice(first, first + atOnce), gap, size, kernel)));
  }
  return joinFrames(scaled);
}

/**
 * Rows that keep a kernel within its frame, and with which a frame comes to whole rows of the result; or as nearly as few
 * rows can, so that its last row lies less than a tenth of a row beside its place.
 */
function gapBetween(height: number, scaled: number): number {
  const least = 2 * Math.ceil(REACH * Math.max(1, height / scaled) + 1);
  const error = (gap: number) => {
    const rows = ((height + gap) * scaled) / height;
    return Math.abs(rows - Math.round(rows));
  };
  let best = least;
  for (let gap = least; gap <= 2 * least; gap++) if (error(gap) < error(best) - 1e-9) best = gap;
  return best;
}

async function scaleApart(
  frames: readonly Pixels[],
  gap: number,
  { width, height }: Size,
  kernel: Kernel,
): Promise<Pixels[]> {
  const [first] = frames;
  if (!first) return [];
  const pitch = first.height + gap;
  const scaledPitch = Math.round((pitch * height) / first.height);
  const raw = { width: first.width, height: pitch * frames.length, channels: first.channels };
  const image = sharp(layApart(frames, gap), { raw, limitInputPixels: false });
  const { data } = await run(image.resize(width, scaledPitch * frames.length, { fit: 'fill', kernel }).raw(), 'memory');
  return frames.map((frame, index) => {
    const row = rowBytes({ ...frame, width });
    const start = index * scaledPitch * row;
    return { ...frame, width, height, data: data.subarray(start, start + height * row) };
  });
}

/** The frames with rows between them: half of them the last row of the frame above, half the first of the one below. */
function layApart(frames: readonly Pixels[], gap: number): Buffer {
  const [first] = frames;
  if (!first) return Buffer.alloc(0);
  const row = rowBytes(first);
  const pitch = (first.height + gap) * row;
  const sheet = Buffer.allocUnsafe(pitch * frames.length);
  for (const [index, { data }] of frames.entries()) {
    const below = frames[index + 1]?.data ?? data.subarray(data.length - row);
    const [end, middle] = [index * pitch + data.length, index * pitch + data.length + Math.ceil(gap / 2) * row];
    data.copy(sheet, index * pitch);
    sheet.fill(data.subarray(data.length - row), end, middle);
    sheet.fill(below.subarray(0, row), middle, (index + 1) * pitch);
  }
  return sheet;
}

const rowBytes = ({ width, channels }: Pick<Pixels, 'width' | 'channels'>): number => width * channels;
