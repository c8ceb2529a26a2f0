import sharp from 'sharp';
import type { Region } from '../../plan/geometry/layout.ts';
import { run } from '../engine.ts';
import type { Picture } from '../picture/picture.ts';
import type { Pixels } from '../picture/pixels.ts';
import type { Stage } from './stage.ts';

/** Pixels a side of the copy on which the edges are looked for: on all of a photograph it takes seconds. */
const PROXY_SIDE = 1000;

/** sharp looks for edges in nothing smaller. */
const LEAST_SIDE = 3;

/** Cuts away edges that look like the picture's top left pixel. Frames of an animation keep what any of them needs. */
export const trim: Stage = async (picture, { trim: threshold }) => {
  if (threshold === undefined) return;
  const frames = await picture.proxies(PROXY_SIDE);
  const [first] = frames;
  if (!first) return;
  const boxes: Region[] = [];
  for (const frame of frames) boxes.push(await contentBox(frame, threshold));
  const box = around(boxes);
  if (box.width === first.width && box.height === first.height) return;
  picture.cutTo(enlarge(box, first, picture));
};

async function contentBox({ data, width, height, channels }: Pixels, threshold: number): Promise<Region> {
  if (Math.min(width, height) < LEAST_SIDE) return { left: 0, top: 0, width, height };
  const image = sharp(data, { raw: { width, height, channels } });
  // Without lineArt a median filter runs first, which costs fifteen times as much; shrinking has smoothed already.
  const { info } = await run(image.trim({ threshold, lineArt: true }).raw(), 'memory');
  return {
    left: -(info.trimOffsetLeft ?? 0),
    top: -(info.trimOffsetTop ?? 0),
    width: info.width,
    height: info.height,
  };
}

function around(boxes: readonly Region[]): Region {
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  return {
    left,
    top,
    width: Math.max(...boxes.map((box) => box.left + box.width)) - left,
    height: Math.max(...boxes.map((box) => box.top + box.height)) - top,
  };
}

/**
 * The box on the picture itself. A pixel of a smaller proxy may be half content and half edge; those are cut away, since a
 * line left of the edge is seen and a line lost of the content is not.
 */
function enlarge(box: Region, proxy: Pixels, { size }: Picture): Region {
  const columns = stretch(box.left, box.width, proxy.width, size.width);
  const rows = stretch(box.top, box.height, proxy.height, size.height);
  return { left: columns.start, top: rows.start, width: columns.length, height: rows.length };
}

function stretch(start: number, length: number, from: number, to: number): { start: number; length: number } {
  const inward = from < to && length > 2 ? 1 : 0;
  const first = start === 0 ? 0 : start + inward;
  const end = start + length === from ? from : start + length - inward;
  const scaled = Math.round((first * to) / from);
  return { start: scaled, length: Math.max(1, Math.round((end * to) / from) - scaled) };
}
