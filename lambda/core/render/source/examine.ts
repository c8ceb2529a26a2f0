import sharp from 'sharp';
import type { Size } from '../../plan/geometry/size.ts';
import { run, unreadable, withinTimeLimit } from '../engine.ts';
import { guardBytes, guardSource } from './guard.ts';
import { readHeader } from './header.ts';
import { FORMAT_NAMES } from './inspect.ts';
import { sourceCall } from './open-source.ts';
import { svgRoot, svgSize } from './svg.ts';

/** What can be told about an image from its header and a small copy. */
export interface ExaminedImage extends Size {
  /** As in `image/{format}`. */
  readonly format: string;
  readonly frames: number;
  readonly hasColorProfile: boolean;
  readonly hasTransparency: boolean;
  /** Dots per inch; 0 when the file does not say. */
  readonly density: number;
  readonly exif?: Buffer;
  readonly iptc?: Buffer;
  readonly xmp?: Buffer;
  /** Red, green, blue, alpha; at most 100 pixels a side. Missing for an SVG, which is not drawn. */
  readonly small?: Size & { readonly data: Buffer };
  /** Brightness of 32 x 32 pixels, whatever the image's own ratio. */
  readonly grey?: Buffer;
}

const SMALL_SIDE = 100;
const GREY_SIDE = 32;

/**
 * Looks at an image for its metadata.
 * @throws Problem source.unreadable, source.limit or source.unsupported
 */
export function examineImage(source: Uint8Array): Promise<ExaminedImage> {
  return withinTimeLimit(() => examine(source));
}

async function examine(source: Uint8Array): Promise<ExaminedImage> {
  guardBytes(source);
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  const svg = svgRoot(bytes);
  if (svg !== undefined) return { ...ofSvg(), ...svgSize(svg) };
  const header = await readHeader(source);
  guardSource(header, 1);
  const { exif, iptc, xmp } = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw unreadable(error);
    });
  const open = () => sourceCall(header, 1, false);
  const small = await run(
    open().resize(SMALL_SIDE, SMALL_SIDE, { fit: 'inside', withoutEnlargement: true }).ensureAlpha().raw(),
    'source',
  );
  const grey = await run(
    open().flatten({ background: '#ffffff' }).resize(GREY_SIDE, GREY_SIDE, { fit: 'fill' }).greyscale().raw(),
    'source',
  );
  return {
    ...header.size,
    format: FORMAT_NAMES[header.format].extension,
    frames: header.frames,
    hasColorProfile: header.hasProfile,
    hasTransparency: header.hasAlpha,
    density: header.density ?? 0,
    small: { data: small.data, width: small.info.width, height: small.info.height },
    grey: firstChannel(grey.data, grey.info.channels),
    ...(exif && { exif }),
    ...(iptc && { iptc }),
    ...(xmp && { xmp }),
  };
}

const ofSvg = () => ({
  format: 'svg',
  frames: 1,
  hasColorProfile: false,
  hasTransparency: true,
  density: 0,
});

const firstChannel = (data: Buffer, channels: number): Buffer =>
  channels === 1 ? data : Buffer.from(data.filter((_, index) => index % channels === 0));
