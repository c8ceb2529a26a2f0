import type { Corners, Distortion } from '../plan.ts';
import { checkOutputSize } from './output-limits.ts';
import type { Size } from './size.ts';
import { wholePixels } from './size.ts';

/** Where a point of the result comes from, in pixels of the input. */
export interface Warp {
  readonly output: Size;
  readonly from: (x: number, y: number) => readonly [x: number, y: number];
}

/** A distortion of a picture; the result is the box around it. @throws Problem transformation.limit */
export function warpOf(distortion: Distortion, input: Size): Warp {
  const warp = distortion.kind === 'arc' ? arc(distortion.degrees, input) : perspective(distortion.corners, input);
  checkOutputSize(warp.output);
  return warp;
}

/**
 * The picture's width becomes the length of an arc through its middle line; its upper edge lies outside, or inside when
 * the arc is bent downwards.
 */
function arc(degrees: number, { width, height }: Size): Warp {
  const angle = (Math.abs(degrees) * Math.PI) / 180;
  const radius = width / angle;
  const [outer, inner] = [radius + height / 2, Math.max(0, radius - height / 2)];
  const half = angle / 2;
  const side = half >= Math.PI / 2 ? outer : outer * Math.sin(half);
  const lowest = half >= Math.PI / 2 ? -outer * Math.cos(half) : -inner * Math.cos(half);
  const output = { width: wholePixels(2 * side), height: wholePixels(outer + lowest) };
  const isUp = degrees > 0;
  return {
    output,
    from: (x, y) => {
      const across = x + 0.5 - output.width / 2;
      const up = outer - (isUp ? y + 0.5 : output.height - y - 0.5);
      const along = Math.atan2(across, up) / angle + 0.5;
      const depth = outer - Math.hypot(across, up);
      return [along * width - 0.5, (isUp ? depth : height - depth) - 0.5];
    },
  };
}

function perspective(corners: Corners, { width, height }: Size): Warp {
  const [x1, y1, x2, y2, x3, y3, x4, y4] = corners;
  const [left, top] = [Math.min(x1, x2, x3, x4), Math.min(y1, y2, y3, y4)];
  const output = {
    width: wholePixels(Math.max(x1, x2, x3, x4) - left),
    height: wholePixels(Math.max(y1, y2, y3, y4) - top),
  };
  const back = inverse(squareTo([x1, y1, x2, y2, x3, y3, x4, y4]));
  return {
    output,
    from: (x, y) => {
      const [px, py] = [x + 0.5 + left, y + 0.5 + top];
      const w = back[6] * px + back[7] * py + back[8];
      const u = (back[0] * px + back[1] * py + back[2]) / w;
      const v = (back[3] * px + back[4] * py + back[5]) / w;
      return [u * width - 0.5, v * height - 0.5];
    },
  };
}

type Matrix = readonly [number, number, number, number, number, number, number, number, number];

/** The projective map of the unit square to a quadrilateral (P. Heckbert, "Fundamentals of Texture Mapping", 1989). */
function squareTo([x0, y0, x1, y1, x2, y2, x3, y3]: Corners): Matrix {
  const [dx1, dx2, sx] = [x1 - x2, x3 - x2, x0 - x1 + x2 - x3];
  const [dy1, dy2, sy] = [y1 - y2, y3 - y2, y0 - y1 + y2 - y3];
  const determinant = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / determinant;
  const h = (dx1 * sy - sx * dy1) / determinant;
  return [x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h, 1];
}

function inverse([a, b, c, d, e, f, g, h, i]: Matrix): Matrix {
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
}
