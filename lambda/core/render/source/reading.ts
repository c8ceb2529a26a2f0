import { LIMITS } from '../../../contract/limits.ts';
import type { Layout, Region, Size } from '../../plan/geometry/layout.ts';
import { wholePixels } from '../../plan/geometry/size.ts';

/** How a layout is read from a picture: extract a part, resize it, crop the result. A missing member is not needed. */
export interface SourceReading {
  readonly extract?: Region;
  readonly resize?: Size;
  readonly crop?: Region;
}

/**
 * The reading of a layout that decodes and scales the fewest pixels.
 *
 * Shrinking comes before cutting: JPEG and WebP decoders shrink while they read, but only whole pictures. Enlarging
 * comes after cutting: else a strip of a tall picture would be blown up to gigapixels first. A part that was chosen
 * before is cut first too: scaled together with what surrounds it, it would carry a line of that at its edges.
 * @param whole size of the picture
 * @param cut part of the picture that the layout is for; all of it when missing
 * @param isHeavy scaled as a whole, it would take too much memory
 */
export function readingOf(
  whole: Size,
  cut: Region | undefined,
  layout: Pick<Layout, 'scale' | 'crop'>,
  isHeavy = false,
): SourceReading {
  const part = cut ?? { left: 0, top: 0, ...whole };
  const scale = layout.scale ?? { width: part.width, height: part.height };
  const crop = layout.crop ?? { left: 0, top: 0, ...scale };
  const enlarges = scale.width > part.width || scale.height > part.height;
  if (cut || enlarges || isHeavy) return cutFirst(part, crop, scale);
  const scales = !sameSize(scale, whole);
  const cuts = !sameSize(scale, crop);
  return { ...(scales && { resize: scale }), ...(cuts && { [scales ? 'crop' : 'extract']: crop }) };
}

function cutFirst(part: Region, crop: Region, scale: Size): SourceReading {
  const columns = cover(crop.left, crop.width, scale.width / part.width, part.width);
  const rows = cover(crop.top, crop.height, scale.height / part.height, part.height);
  const extract = {
    left: part.left + columns.start,
    top: part.top + rows.start,
    width: columns.length,
    height: rows.length,
  };
  const size = { width: columns.scaled, height: rows.scaled };
  return {
    extract,
    ...(!sameSize(size, extract) && { resize: size }),
    ...(!sameSize(size, crop) && {
      crop: { left: columns.offset, top: rows.offset, width: crop.width, height: crop.height },
    }),
  };
}

/** Pixels by which rounding may make one side differ. */
const ROUNDING = 1;

/**
 * The same reading of a drawing, which need not be scaled: it is drawn at the size at which its pixels are wanted.
 * @returns that size, and what is still to be read from it; undefined when nothing is scaled
 */
export function drawnReading(
  whole: Size,
  { extract, resize, crop }: SourceReading,
): { size: Size; reading: SourceReading } | undefined {
  if (!resize) return undefined;
  const part = extract ?? { left: 0, top: 0, ...whole };
  const wanted = Math.max(resize.width / part.width, resize.height / part.height);
  const scale = Math.min(wanted, Math.sqrt(LIMITS.outputPixels / (whole.width * whole.height)));
  const drawn = { width: wholePixels(whole.width * scale), height: wholePixels(whole.height * scale) };
  if (sameSize(part, whole)) {
    const isExact = near(drawn.width, resize.width) && near(drawn.height, resize.height);
    const size = isExact ? resize : drawn;
    return { size, reading: { ...(!isExact && { resize }), ...(crop && { crop }) } };
  }
  const left = Math.min(Math.round(part.left * scale), drawn.width - 1);
  const top = Math.min(Math.round(part.top * scale), drawn.height - 1);
  const region = {
    left,
    top,
    width: Math.min(wholePixels(part.width * scale), drawn.width - left),
    height: Math.min(wholePixels(part.height * scale), drawn.height - top),
  };
  const cut = sameSize(region, resize) ? {} : { resize };
  return { size: drawn, reading: { extract: region, ...cut, ...(crop && { crop }) } };
}

const near = (one: number, other: number): boolean => Math.abs(one - other) <= ROUNDING;

/**
 * Whole source pixels that cover a stretch of the scaled picture, and where the stretch lies within their scaled image.
 */
function cover(start: number, length: number, scale: number, limit: number) {
  const first = Math.min(Math.floor(start / scale), limit - 1);
  const end = Math.max(first + 1, Math.min(limit, Math.ceil((start + length) / scale)));
  const scaled = Math.max(length, Math.round((end - first) * scale));
  return {
    start: first,
    length: end - first,
    scaled,
    offset: within(start - Math.round(first * scale), scaled - length),
  };
}

const within = (value: number, highest: number): number => Math.min(Math.max(0, value), highest);

const sameSize = (one: Size, other: Size): boolean => one.width === other.width && one.height === other.height;
