import sharp from 'sharp';
import type { Region } from '../../geometry/layout.ts';
import { run } from '../engine.ts';
import type { Picture, Pixels } from '../picture.ts';
import type { Stage } from './stage.ts';

/** Pixels a side of the copy on which the edges are looked for: on all of a photograph it takes seconds. */
const PROXY_SIDE = 1000;

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

/** The box on the picture itself. A cut edge is where the proxy's pixel begins, so up to one of its pixels off. */
function enlarge(box: Region, proxy: Pixels, { size }: Picture): Region {
  const across = size.width / proxy.width;
  const down = size.height / proxy.height;
  const left = Math.round(box.left * across);
  const top = Math.round(box.top * down);
  return {
    left,
    top,
    width: Math.max(1, Math.round((box.left + box.width) * across) - left),
    height: Math.max(1, Math.round((box.top + box.height) * down) - top),
  };
}
