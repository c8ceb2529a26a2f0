import type { Layout, Region, Size } from '../geometry/layout.ts';

/** How a layout's pixels are got from a picture: part of it, scaled, and part of that. A missing member is not needed. */
export interface Reading {
  readonly extract?: Region;
  readonly resize?: Size;
  readonly crop?: Region;
}

/**
 * The reading of a layout that decodes and scales the fewest pixels.
 *
 * Shrinking comes before cutting: JPEG and WebP decoders shrink while they read, but only whole pictures. Enlarging comes
 * after cutting: else a strip of a tall picture would be blown up to gigapixels first.
 * @param whole size of the picture
 * @param cut part of the picture that the layout is for; all of it when missing
 */
export function readingOf(whole: Size, cut: Region | undefined, layout: Pick<Layout, 'scale' | 'crop'>): Reading {
  const part = cut ?? { left: 0, top: 0, ...whole };
  const scale = layout.scale ?? { width: part.width, height: part.height };
  const crop = layout.crop ?? { left: 0, top: 0, ...scale };
  const across = scale.width / part.width;
  const down = scale.height / part.height;
  return across > 1 || down > 1 ? cutFirst(part, crop, across, down) : scaleFirst(whole, part, crop, across, down);
}

function scaleFirst(whole: Size, part: Region, crop: Region, across: number, down: number): Reading {
  const size = { width: Math.round(whole.width * across), height: Math.round(whole.height * down) };
  const region = {
    left: within(Math.round(part.left * across) + crop.left, size.width - crop.width),
    top: within(Math.round(part.top * down) + crop.top, size.height - crop.height),
    width: crop.width,
    height: crop.height,
  };
  const scales = !sameSize(size, whole);
  const cuts = !sameSize(size, crop);
  if (!scales) return cuts ? { extract: region } : {};
  return { resize: size, ...(cuts && { crop: region }) };
}

function cutFirst(part: Region, crop: Region, across: number, down: number): Reading {
  const columns = cover(crop.left, crop.width, across, part.width);
  const rows = cover(crop.top, crop.height, down, part.height);
  const size = { width: columns.scaled, height: rows.scaled };
  return {
    extract: {
      left: part.left + columns.start,
      top: part.top + rows.start,
      width: columns.length,
      height: rows.length,
    },
    resize: size,
    ...(!sameSize(size, crop) && {
      crop: { left: columns.offset, top: rows.offset, width: crop.width, height: crop.height },
    }),
  };
}

/** Whole source pixels that cover a stretch of the scaled picture, and where the stretch lies within their scaled image. */
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
