import { encode as encodeBlurhash } from 'blurhash';
import { rgbaToThumbHash } from 'thumbhash';
import type { ImageMetadata } from '../../core/explain/image-metadata.ts';
import type { ExaminedImage } from '../../core/render/source/examine.ts';
import { dominantColour } from './dominant-colour.ts';
import { exifGroups } from './exif.ts';
import { readIptc } from './iptc.ts';
import { jpegQuality } from './jpeg-quality.ts';
import { perceptualHash } from './perceptual-hash.ts';

/** Parts of a blurhash along the longer and the shorter side. */
const BLURHASH_PARTS = { longer: 4, shorter: 3 } as const;

/** An image's metadata as ImageKit's API names them, with hashes, colour and IPTC of our own beside. */
export function describeImage(bytes: Uint8Array, image: ExaminedImage): ImageMetadata {
  const exif = exifGroups(image.exif);
  return {
    height: image.height,
    width: image.width,
    size: bytes.byteLength,
    format: image.format,
    hasColorProfile: image.hasColorProfile,
    quality: jpegQuality(bytes),
    density: Math.round(image.density),
    hasTransparency: image.hasTransparency,
    frames: image.frames,
    ...(image.grey && { pHash: perceptualHash(image.grey) }),
    ...(image.small && placeholders(image.small)),
    ...(exif && { exif }),
    ...(image.iptc && { iptc: readIptc(image.iptc) }),
  };
}

function placeholders({ data, width, height }: NonNullable<ExaminedImage['small']>) {
  const { longer, shorter } = BLURHASH_PARTS;
  const [across, down] = width >= height ? [longer, shorter] : [shorter, longer];
  return {
    dominantColor: dominantColour(data),
    blurhash: encodeBlurhash(new Uint8ClampedArray(data), width, height, across, down),
    thumbhash: Buffer.from(rgbaToThumbHash(width, height, data)).toString('base64'),
  };
}
