import sharp, { type Sharp } from 'sharp';
import { type Drawing, drawFrame, drawScene } from './scene.ts';

/** A sharp call that begins with a drawing. */
export function onCanvas({ data, width, height, channels }: Drawing): Sharp {
  return sharp(data, { raw: { width, height, channels } });
}

export type EncodedFormat = 'jpeg' | 'png' | 'webp' | 'avif';

/** Encodes with little loss, so that differences found later are the renderer's. */
export function encoded(image: Sharp, format: EncodedFormat): Promise<Buffer> {
  switch (format) {
    case 'jpeg':
      return image.jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer();
    case 'webp':
      return image.webp({ quality: 95, effort: 0 }).toBuffer();
    case 'avif':
      return image.avif({ quality: 85, effort: 0 }).toBuffer();
    case 'png':
      return image.png().toBuffer();
  }
}

/** Words in the metadata of `privateSource` that no delivered picture may contain. */
export const SECRETS = ['SECRET-OWNER', 'SECRET-PLACE'] as const;

/** How upright pixels become stored ones, by EXIF orientation: rotate clockwise, then mirror left to right. */
const STORED: Readonly<Record<number, readonly [rotate: number, mirror: boolean]>> = {
  1: [0, false],
  2: [0, true],
  3: [180, false],
  4: [180, true],
  5: [90, true],
  6: [270, false],
  7: [270, true],
  8: [90, false],
};

/** A picture as a telephone writes it: turned, with an orientation, a place, an owner and XMP. */
export async function privateSource(drawing: Drawing, format: EncodedFormat, orientation: number): Promise<Buffer> {
  const [rotate, mirror] = STORED[orientation] ?? [0, false];
  const turned = await onCanvas(drawing).rotate(rotate).png().toBuffer();
  const image = sharp(turned)
    .flop(mirror)
    .withMetadata({ orientation })
    .withExifMerge({
      IFD0: { Copyright: SECRETS[0] },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '51/1 30/1 3230/100',
        GPSLongitudeRef: 'W',
        GPSLongitude: '0/1 7/1 0/1',
      },
    })
    .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><place>${SECRETS[1]}</place></x:xmpmeta>`);
  return encoded(image, format);
}

export const DELAYS = [100, 150, 200, 250] as const;

/** Four frames, played three times. */
export async function animation(width: number, height: number, format: 'gif' | 'webp'): Promise<Buffer> {
  const frames = await Promise.all(
    DELAYS.map((_, index) =>
      onCanvas(drawFrame(width, height, 0.2 + index * 0.2))
        .png()
        .toBuffer(),
    ),
  );
  const joined = sharp(frames, { join: { animated: true } });
  const timing = { delay: [...DELAYS], loop: 3 };
  return format === 'gif'
    ? joined.gif({ ...timing, effort: 1, dither: 0 }).toBuffer()
    : joined.webp({ ...timing, quality: 90, effort: 0 }).toBuffer();
}

/** The scene in a format, without metadata. */
export function sceneIn(format: EncodedFormat, width = 240, height = 160): Promise<Buffer> {
  return encoded(onCanvas(drawScene(width, height)), format);
}
