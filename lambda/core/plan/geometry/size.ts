/** Whole pixels, at least 1. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rectangle in whole pixels, from the top left corner. */
export interface Region extends Size {
  readonly left: number;
  readonly top: number;
}

/** Nearest whole pixel, never less than one: a side can shrink but not vanish. */
export const wholePixels = (value: number): number => Math.max(1, Math.round(value));

/** The largest size of the image's own ratio inside the box; it may be larger than the image. */
export function fitInside(image: Size, box: Size): Size {
  return image.width * box.height >= image.height * box.width ? byWidth(image, box.width) : byHeight(image, box.height);
}

/** The smallest size of the image's own ratio that covers the box. */
export function coverBox(image: Size, box: Size): Size {
  return image.width * box.height >= image.height * box.width ? byHeight(image, box.height) : byWidth(image, box.width);
}

/** The largest size of a given ratio (width / height) inside the image. */
export function largestOfRatio(image: Size, ratio: number): Size {
  return image.width >= image.height * ratio
    ? { width: wholePixels(Math.min(image.width, image.height * ratio)), height: image.height }
    : { width: image.width, height: wholePixels(Math.min(image.height, image.width / ratio)) };
}

export const sameSize = (a: Size, b: Size): boolean => a.width === b.width && a.height === b.height;

/** Whether `inner` is nowhere larger than `outer`. */
export const isWithin = (inner: Size, outer: Size): boolean =>
  inner.width <= outer.width && inner.height <= outer.height;

function byWidth(image: Size, width: number): Size {
  return { width, height: wholePixels((image.height * width) / image.width) };
}

function byHeight(image: Size, height: number): Size {
  return { width: wholePixels((image.width * height) / image.height), height };
}
