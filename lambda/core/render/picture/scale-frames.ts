import sharp from 'sharp';
import { type Size, sameSize } from '../../plan/geometry/size.ts';
import { run } from '../engine.ts';
import { framesOf, isOpaque, joinFrames, type Pixels } from './pixels.ts';

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
  // Decoders of moving pictures always give transparency; scaled with it a picture takes three times as long.
  const channels = pixels.channels === 4 && isOpaque(pixels) ? 3 : pixels.channels;
  const frames = framesOf(pixels);
  const scaled: Pixels[] = [];
  for (let first = 0; first < frames.length; first += atOnce) {
    const some = frames.slice(first, first + atOnce);
    scaled.push(...(await scaleApart(layApart(some, gap, channels), size, kernel)));
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

/** Frames below each other with rows between them, as one picture. */
interface Sheet extends Omit<Pixels, 'frames'> {
  /** Of one frame and the rows behind it. */
  readonly pitch: number;
  /** Of one frame. */
  readonly frameHeight: number;
}

async function scaleApart(sheet: Sheet, { width, height }: Size, kernel: Kernel): Promise<Pixels[]> {
  const { pitch, frameHeight, channels } = sheet;
  const frames = sheet.height / pitch;
  const scaledPitch = Math.round((pitch * height) / frameHeight);
  const raw = { width: sheet.width, height: sheet.height, channels };
  const image = sharp(sheet.data, { raw, limitInputPixels: false });
  const { data } = await run(image.resize(width, scaledPitch * frames, { fit: 'fill', kernel }).raw(), 'memory');
  const row = rowBytes({ width, channels });
  return Array.from({ length: frames }, (_, index) => {
    const start = index * scaledPitch * row;
    return { data: data.subarray(start, start + height * row), width, height, channels, frames: 1 };
  });
}

/**
 * Rows between the frames: half of them the last row of the frame above, half the first of the one below.
 * @param frames at least one
 * @param channels 3 leaves transparency out
 */
function layApart(frames: readonly Pixels[], gap: number, channels: Pixels['channels']): Sheet {
  const [{ width, height }] = frames as [Pixels];
  const row = rowBytes({ width, channels });
  const pitch = height + gap;
  const data = Buffer.allocUnsafe(pitch * row * frames.length);
  for (const [index, frame] of frames.entries()) copyPixels(frame, data.subarray(index * pitch * row), channels);
  for (let index = 0; index < frames.length; index++) {
    const end = (index * pitch + height) * row;
    const [middle, next] = [end + Math.ceil(gap / 2) * row, (index + 1) * pitch * row];
    const lastRow = data.subarray(end - row, end);
    data.fill(lastRow, end, middle);
    data.fill(next < data.length ? data.subarray(next, next + row) : lastRow, middle, next);
  }
  return { data, width, height: pitch * frames.length, channels, pitch, frameHeight: height };
}

function copyPixels(from: Pixels, to: Buffer, channels: Pixels['channels']): void {
  const { data } = from;
  if (from.channels === channels) {
    data.copy(to);
    return;
  }
  for (let at = 0, write = 0; at < data.length; at += 4, write += 3) {
    to[write] = data[at] as number;
    to[write + 1] = data[at + 1] as number;
    to[write + 2] = data[at + 2] as number;
  }
}

const rowBytes = ({ width, channels }: Pick<Pixels, 'width' | 'channels'>): number => width * channels;
