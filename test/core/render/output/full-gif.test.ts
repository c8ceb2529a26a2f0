import sharp, { type GifOptions } from 'sharp';
import { expect, test } from 'vitest';
import { isFullGif } from '../../../../lambda/core/render/output/encode.ts';
import { readHeader } from '../../../../lambda/core/render/source/header.ts';
import { drawFrame } from '../../../images/scene.ts';
import { onCanvas } from '../../../images/sources.ts';

const SIZE = { width: 160, height: 120 };
const FRAMES = 6;

async function movingGif(frame: (index: number) => Promise<Buffer>, options: GifOptions = {}): Promise<Buffer> {
  const frames = await Promise.all(Array.from({ length: FRAMES }, (_, index) => frame(index)));
  const raw = { width: SIZE.width, height: SIZE.height * FRAMES, channels: 3, pageHeight: SIZE.height } as const;
  return sharp(Buffer.concat(frames), { raw, animated: true })
    .gif({ effort: 1, ...options })
    .toBuffer();
}

/** As smooth as a photograph, and moving by a pixel a frame. */
async function photographic(): Promise<(index: number) => Promise<Buffer>> {
  const noise = { type: 'gaussian', mean: 128, sigma: 120 } as const;
  const create = { width: 200, height: 160, channels: 3, background: 'black', noise } as const;
  const photo = await sharp({ create }).png().toBuffer();
  const smooth = await sharp(photo).blur(3).png().toBuffer();
  return (index) =>
    sharp(smooth)
      .extract({ left: index, top: index, ...SIZE })
      .raw()
      .toBuffer();
}

const drawn = (index: number): Promise<Buffer> =>
  onCanvas(drawFrame(SIZE.width, SIZE.height, index / FRAMES))
    .removeAlpha()
    .raw()
    .toBuffer();

test('photographs fill a GIF, dithered or not; drawings do not', async () => {
  const photo = await photographic();
  const bare = await movingGif(photo, { dither: 0, interFrameMaxError: 16 });
  const isFull = async (gif: Buffer) => isFullGif(await readHeader(gif));

  expect([await isFull(await movingGif(photo)), await isFull(bare)]).toEqual([true, true]);
  expect(await isFull(await movingGif(drawn))).toBe(false);
});
