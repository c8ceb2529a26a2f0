import type { Corner } from '../../plan/geometry/layer-position.ts';
import type { LayerMode } from '../../plan/plan.ts';
import type { Picture } from '../picture/picture.ts';
import type { Pixels } from '../picture/pixels.ts';
import { displace } from './displace.ts';

/** The part of a layer that lies on the picture, and where. */
interface Visible extends Corner {
  readonly pixels: Pixels;
}

/**
 * Draws a layer's pixels (four channels) on a picture at a corner.
 * @param shift pixels by which a displacing layer moves at most
 */
export async function blend(
  picture: Picture,
  layer: Pixels,
  corner: Corner,
  mode: LayerMode | undefined,
  shift: { readonly x: number; readonly y: number },
): Promise<void> {
  if (mode === 'cutout' || mode === 'cutter') {
    await picture.edit((frame) => mask(frame, layer, corner, mode));
    picture.hasGaps = true;
    return;
  }
  if (mode === 'displace') return picture.edit((frame) => displace(frame, layer, corner, shift));
  const visible = cutToPicture(layer, corner, picture.size);
  if (!visible) return;
  const { data, width, height } = visible.pixels;
  const overlay = {
    input: data,
    raw: { width, height, channels: 4 as const },
    left: visible.left,
    top: visible.top,
    blend: mode === 'multiply' ? ('multiply' as const) : ('over' as const),
  };
  await picture.drawFrame('composite', (image) => image.composite([overlay]), { paints: true });
}

function cutToPicture(
  layer: Pixels,
  { left, top }: Corner,
  picture: { width: number; height: number },
): Visible | undefined {
  const first = { x: Math.max(0, -left), y: Math.max(0, -top) };
  const width = Math.min(layer.width, picture.width - left) - first.x;
  const height = Math.min(layer.height, picture.height - top) - first.y;
  if (width < 1 || height < 1) return undefined;
  if (width === layer.width && height === layer.height) return { pixels: layer, left, top };
  const data = Buffer.alloc(width * height * 4);
  for (let row = 0; row < height; row++) {
    const start = ((first.y + row) * layer.width + first.x) * 4;
    layer.data.copy(data, row * width * 4, start, start + width * 4);
  }
  return { pixels: { ...layer, data, width, height }, left: left + first.x, top: top + first.y };
}

/** Lets the picture's alpha be only what the layer leaves (cutout) or covers (cutter). */
function mask(frame: Pixels, layer: Pixels, { left, top }: Corner, mode: 'cutout' | 'cutter'): void {
  for (let y = 0; y < frame.height; y++) {
    const row = y - top;
    const isInRow = row >= 0 && row < layer.height;
    for (let x = 0; x < frame.width; x++) {
      const column = x - left;
      const covered = isInRow && column >= 0 && column < layer.width;
      const alpha = covered ? (layer.data[(row * layer.width + column) * 4 + 3] as number) : 0;
      const kept = mode === 'cutout' ? 255 - alpha : alpha;
      if (kept === 255) continue;
      const at = (y * frame.width + x) * 4 + 3;
      frame.data[at] = Math.round(((frame.data[at] as number) * kept) / 255);
    }
  }
}
