import sharp from 'sharp';
import type { Region, Size } from '../../plan/geometry/size.ts';
import type { Background, Colour } from '../../plan/plan.ts';
import { run } from '../engine.ts';
import { dominantOf } from './dominant-colour.ts';
import type { Picture } from './picture.ts';
import { fromPixels, type Pixels, toPixels } from './pixels.ts';

/** A background that is made of the picture. */
export type Backdrop = Exclude<Background, Colour>;

/** Pixels a side on which colours are counted. */
const PROXY_SIDE = 200;

/** Most that is blurred at full size; larger ones are blurred small, which nobody can tell apart. */
const BLUR_SIDE = 600;

/** Puts a backdrop of its own under what is transparent in a picture. The result is opaque. */
export async function coverWithBackdrop(picture: Picture, backdrop: Backdrop): Promise<void> {
  const [proxy] = await picture.proxies(PROXY_SIDE);
  if (!proxy) return;
  const { width, height } = picture.size;
  await layOver(picture, await drawBackdrop(backdrop, proxy, { width, height, left: 0, top: 0 }));
}

/**
 * Puts a picture on a canvas whose free space is filled with a backdrop made of it.
 * @param canvas its size, and where the picture lies on it
 */
export async function placeOnBackdrop(picture: Picture, backdrop: Backdrop, canvas: Region): Promise<void> {
  const [proxy] = await picture.proxies(backdrop.kind === 'blurred' ? BLUR_SIDE : PROXY_SIDE);
  if (!proxy) return;
  const sheet = await drawBackdrop(backdrop, proxy, { ...canvas });
  const { width, height, left, top } = canvas;
  const size = picture.size;
  const edges = { left, top, right: width - left - size.width, bottom: height - top - size.height };
  const open = { ...edges, background: { r: 0, g: 0, b: 0, alpha: 0 } };
  await picture.draw('extend', (image) => image.ensureAlpha().extend(open), {
    size: { width, height },
    hasAlpha: true,
    paints: true,
  });
  await layOver(picture, sheet);
}

/** The picture over an opaque sheet of its own size, frame by frame. */
async function layOver(picture: Picture, sheet: Pixels): Promise<void> {
  await picture.edit((frame) => {
    for (let at = 0, from = 0; at < frame.data.length; at += 4, from += sheet.channels) {
      const alpha = (frame.data[at + 3] as number) / 255;
      if (alpha === 1) continue;
      for (let channel = 0; channel < 3; channel++) {
        const below = sheet.data[from + channel] as number;
        frame.data[at + channel] = Math.round((frame.data[at + channel] as number) * alpha + below * (1 - alpha));
      }
      frame.data[at + 3] = 255;
    }
  });
  picture.hasGaps = false;
}

function drawBackdrop(backdrop: Backdrop, proxy: Pixels, canvas: Region): Promise<Pixels> | Pixels {
  if (backdrop.kind === 'blurred') return blurredSheet(proxy, canvas, backdrop);
  if (backdrop.kind === 'dominant') return plainSheet(canvas, dominantOf(proxy, edgesOf(proxy)));
  return gradientSheet(proxy, canvas, backdrop.colours);
}

/** The picture itself, filling the canvas, blurred and made brighter or darker. */
async function blurredSheet(
  proxy: Pixels,
  { width, height }: Size,
  { intensity, brightness }: Extract<Backdrop, { kind: 'blurred' }>,
): Promise<Pixels> {
  const shrink = Math.min(1, BLUR_SIDE / Math.max(width, height));
  const [smallWidth, smallHeight] = [Math.max(1, Math.round(width * shrink)), Math.max(1, Math.round(height * shrink))];
  const asked = intensity === 'auto' ? Math.max(width, height) / 40 : intensity / 2;
  const sigma = Math.min(50, Math.max(0.3, asked * shrink));
  const small = fromPixels(proxy).flatten({ background: '#000000' }).resize(smallWidth, smallHeight, { fit: 'cover' });
  const blurred = toPixels(
    await run((intensity === 0 ? small : small.blur(sigma)).linear(1, brightness).raw(), 'memory'),
    1,
  );
  return toPixels(await run(fromPixels(blurred).resize(width, height, { fit: 'fill' }).raw(), 'memory'), 1);
}

async function plainSheet({ width, height }: Size, { r, g, b }: Colour): Promise<Pixels> {
  const sheet = sharp({ create: { width, height, channels: 3, background: { r, g, b } } });
  return toPixels(await run(sheet.raw(), 'memory'), 1);
}

/** Two colours: of the edges that face the free space. Four: of the corners. Each point lies between them in proportion. */
function gradientSheet(proxy: Pixels, { width, height, left, top }: Region, colours: 2 | 4): Pixels {
  const isBeside = left > 0 || top === 0;
  const corners = cornerColours(proxy, colours === 4 ? undefined : isBeside ? 'columns' : 'rows');
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    const v = height === 1 ? 0 : y / (height - 1);
    for (let x = 0; x < width; x++) {
      const u = width === 1 ? 0 : x / (width - 1);
      for (const [channel, name] of (['r', 'g', 'b'] as const).entries()) {
        const above = corners[0][name] * (1 - u) + corners[1][name] * u;
        const below = corners[3][name] * (1 - u) + corners[2][name] * u;
        data[(y * width + x) * 3 + channel] = Math.round(above * (1 - v) + below * v);
      }
    }
  }
  return { data, width, height, channels: 3, frames: 1 };
}

/** Clockwise from the top left; along `columns` upper and lower corners are the same, along `rows` left and right ones. */
function cornerColours(proxy: Pixels, along: 'columns' | 'rows' | undefined): [Colour, Colour, Colour, Colour] {
  const { width, height } = proxy;
  const [nearX, nearY] = [Math.max(1, width * 0.25), Math.max(1, height * 0.25)];
  const colourAt = (isRight: boolean, isLow: boolean) =>
    dominantOf(proxy, (x, y) => {
      const isInColumn = along === 'rows' || (isRight ? x >= width - nearX : x < nearX);
      const isInRow = along === 'columns' || (isLow ? y >= height - nearY : y < nearY);
      return isInColumn && isInRow;
    });
  return [colourAt(false, false), colourAt(true, false), colourAt(true, true), colourAt(false, true)];
}

function edgesOf({ width, height }: Size): (x: number, y: number) => boolean {
  return (x, y) => x === 0 || y === 0 || x === width - 1 || y === height - 1;
}
