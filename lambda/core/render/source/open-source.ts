import sharp, { type Sharp } from 'sharp';
import { LIMITS } from '../../../contract/limits.ts';
import type { Size } from '../../plan/geometry/size.ts';
import type { Drawing } from '../isolated/isolation.ts';
import { Picture } from '../picture/picture.ts';
import type { SourceHeader } from './header.ts';

/** How stored pixels become upright (Exif 2.3, tag 274): flip top to bottom or left to right, then rotate clockwise. */
const UPRIGHT: readonly { flip: boolean; flop: boolean; rotate: number }[] = [
  { flip: false, flop: false, rotate: 0 },
  { flip: false, flop: true, rotate: 0 },
  { flip: false, flop: false, rotate: 180 },
  { flip: true, flop: false, rotate: 0 },
  { flip: true, flop: false, rotate: 270 },
  { flip: false, flop: false, rotate: 90 },
  { flip: true, flop: false, rotate: 90 },
  { flip: false, flop: false, rotate: 270 },
];

/**
 * Opens a guarded source, upright.
 * @param frames how many of its frames are wanted: the first, or all
 * @param keepProfile leave colours as they are, for an output that carries the source's profile
 */
export async function openSource(header: SourceHeader, frames: number, keepProfile: boolean): Promise<Picture> {
  const { drawing } = header;
  if (drawing) return openDrawing(header, drawing);
  const animated = frames > 1;
  const picture = new Picture({
    open: () => sourceCall(header, frames, keepProfile),
    size: animated ? storedSize(header) : header.size,
    frames,
    hasAlpha: header.hasAlpha,
    isGrey: header.colours === 'grey',
    shrinks: header.format === 'webp',
  });
  const upright = UPRIGHT[header.orientation - 1];
  if (animated && upright && header.orientation > 1) {
    // sharp would turn the whole pile of frames.
    await picture.redraw((image) => image.flip(upright.flip).flop(upright.flop).rotate(upright.rotate));
  }
  return picture;
}

function openDrawing({ size }: SourceHeader, drawing: Drawing): Picture {
  const drawAt = (at: Size) => sharp(drawing.at(at), { limitInputPixels: LIMITS.outputPixels });
  return new Picture({ open: () => drawAt(size), drawAt, size, frames: 1, hasAlpha: true, isGrey: false });
}

/** A sharp call that begins with the source. */
export function sourceCall(header: SourceHeader, frames: number, keepProfile: boolean): Sharp {
  return inColour(sharp(header.bytes, decoding(frames > 1, header.page)), header, keepProfile);
}

/**
 * A file is refused when its pixels are missing or wrong, not for a decoder's mere warning, which many camera files
 * cause. sharp's own pixel limit stays as a second guard behind ours.
 */
const decoding = (animated: boolean, page = 1) =>
  ({
    animated,
    ...(page > 1 && { page: page - 1 }),
    autoOrient: !animated,
    failOn: 'error',
    limitInputPixels: animated ? LIMITS.sourceFramesPixels : LIMITS.sourcePixels,
  }) as const;

/**
 * sharp converts a profile's colours to sRGB, except with 16 bits: it converts to Display P3 then, and would leave it
 * at that.
 */
function inColour(image: Sharp, { colours, hasProfile, deep }: SourceHeader, keepProfile: boolean): Sharp {
  if (colours !== 'rgb' || !hasProfile) return image;
  if (keepProfile) return image.keepIccProfile();
  return deep ? image.withIccProfile('srgb', { attach: false }) : image;
}

function storedSize({ size, orientation }: SourceHeader) {
  return orientation >= 5 ? { width: size.height, height: size.width } : size;
}
