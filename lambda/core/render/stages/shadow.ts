import sharp from 'sharp';
import { LIMITS } from '../../../contract/limits.ts';
import { problem } from '../../kernel/problems.ts';
import { run } from '../engine.ts';
import type { Pixels } from '../picture/pixels.ts';
import type { Stage } from './stage.ts';

/**
 * A shadow of what is opaque, shifted, blurred and laid below it. The canvas stays as it is.
 * @throws transformation.limit above `LIMITS.shadowPixels` (ImageKit, "Shadow")
 */
export const shadow: Stage = async (picture, { shadow: wish }) => {
  if (!wish || !picture.hasAlpha) return;
  const { width, height } = picture.size;
  if (width * height > LIMITS.shadowPixels) {
    throw problem(
      'transformation.limit',
      `A picture may have at most ${LIMITS.shadowPixels} pixels to get a shadow, this has ${width * height}; make it smaller first.`,
    );
  }
  const pixels = await picture.settle({ withAlpha: true });
  const shift = { x: Math.round((wish.x / 100) * width), y: Math.round((wish.y / 100) * height) };
  const shades: Buffer[] = [];
  for (let frame = 0; frame < pixels.frames; frame++) {
    const start = frame * width * height * 4;
    shades.push(await blurredAlpha({ ...pixels, data: pixels.data.subarray(start) }, shift, wish.blur));
  }
  let frame = 0;
  await picture.edit(({ data }) => layUnder(data, shades[frame++] as Buffer, wish.strength / 100));
};

async function blurredAlpha(
  { data, width, height }: Pixels,
  shift: { x: number; y: number },
  blur: number,
): Promise<Buffer> {
  const alpha = Buffer.alloc(width * height);
  for (let y = Math.max(0, shift.y); y < Math.min(height, height + shift.y); y++) {
    for (let x = Math.max(0, shift.x); x < Math.min(width, width + shift.x); x++) {
      alpha[y * width + x] = data[((y - shift.y) * width + (x - shift.x)) * 4 + 3] as number;
    }
  }
  if (blur < 0.3) return alpha;
  const image = sharp(alpha, { raw: { width, height, channels: 1 } })
    .blur(blur)
    .toColourspace('b-w');
  return (await run(image.raw(), 'memory')).data;
}

/** Porter and Duff's "over" with black below. */
function layUnder(data: Buffer, shade: Buffer, strength: number): void {
  for (let at = 0, place = 0; at < data.length; at += 4, place++) {
    const own = (data[at + 3] as number) / 255;
    const below = ((shade[place] as number) / 255) * strength * (1 - own);
    const alpha = own + below;
    if (below === 0 || alpha === 0) continue;
    for (let channel = 0; channel < 3; channel++) {
      data[at + channel] = Math.round(((data[at + channel] as number) * own) / alpha);
    }
    data[at + 3] = Math.round(alpha * 255);
  }
}
