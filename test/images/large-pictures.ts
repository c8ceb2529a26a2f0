import sharp from 'sharp';

export type Surface = 'noise' | 'smooth';

/** Sides of three to two with so many megapixels, and not one pixel more. */
export function sidesOf(megapixels: number): { width: number; height: number } {
  const height = Math.floor(Math.sqrt((megapixels * 1e6) / 1.5));
  return { width: Math.floor(height * 1.5), height };
}

/** A JPEG without metadata that is as hard, or as easy, for encoders as a picture can be. */
export function largeJpeg(megapixels: number, surface: Surface): Promise<Buffer> {
  const { width, height } = sidesOf(megapixels);
  const image =
    surface === 'noise'
      ? sharp({
          create: {
            ...{ width, height, channels: 3, background: '#888' },
            noise: { type: 'gaussian', mean: 128, sigma: 60 },
          },
        })
      : sharp(waves(), { raw: { width: 300, height: 200, channels: 3 } }).resize(width, height, { fit: 'fill' });
  // Noise of a hundred megapixels would be more than the 50 MB that a source may have.
  return image.jpeg({ quality: surface === 'smooth' ? 90 : megapixels > 80 ? 60 : 80 }).toBuffer();
}

function waves(): Buffer {
  const pixels = Buffer.alloc(300 * 200 * 3);
  for (let at = 0; at < 300 * 200; at++) {
    const [x, y] = [at % 300, Math.floor(at / 300)];
    pixels.set([(x * 255) / 300, (y * 255) / 200, 128 + 100 * Math.sin(x / 20) * Math.cos(y / 15)], at * 3);
  }
  return pixels;
}
