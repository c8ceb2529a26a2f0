import type { Sharp } from 'sharp';
import type { OutputFormat, OutputSettings } from '../plan.ts';
import { effortFor } from './effort.ts';
import { run } from './engine.ts';
import type { SourceHeader } from './header.ts';
import { FORMAT_NAMES } from './inspect.ts';
import { finishWithMetadata } from './keep-metadata.ts';
import { OPAQUE_BLACK, OPAQUE_WHITE, toSharp } from './paint.ts';
import type { Picture } from './picture.ts';
import { fromPixels } from './pixels.ts';
import { DEFAULT_QUALITY, encoderQuality } from './quality.ts';

export interface Rendered {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly format: OutputFormat;
  /** Of one frame. */
  readonly width: number;
  readonly height: number;
  /** Encodes the same picture again, slower and smaller. Missing when these bytes are as good as it gets. */
  readonly improve?: () => Promise<Uint8Array>;
}

/** Encodes a finished picture. Metadata stays behind unless the settings keep it. */
export async function encode(
  picture: Picture,
  header: SourceHeader,
  format: OutputFormat,
  output: OutputSettings,
): Promise<Rendered> {
  if (format === 'jpeg') await flatten(picture);
  if (format === 'avif' && !output.keepMetadata && !output.keepColourProfile) return encodeTwice(picture, output);
  const { image, origin } = await finishWithMetadata(picture, header, output);
  const { data } = await run(withEncoder(image, format, { picture, header, output }), origin);
  return {
    bytes: data,
    contentType: FORMAT_NAMES[format].contentType,
    format,
    // sharp's own figures are the crop's when a border was added after it.
    width: picture.size.width,
    height: picture.size.height,
  };
}

/** AVIF: quickly now, and well when somebody finds the time. The pixels are kept for it, so nothing is rendered twice. */
async function encodeTwice(picture: Picture, output: OutputSettings): Promise<Rendered> {
  const pixels = await picture.settle();
  const count = pixels.width * pixels.height;
  const quality = encoderQuality('avif', output.quality ?? DEFAULT_QUALITY);
  const encodeAt = (effort: number) => avif(fromPixels(pixels), quality, effort);
  const [first, final] = [effortFor('avif', count), effortFor('finalAvif', count)];
  const { data } = await run(encodeAt(first), 'memory');
  return {
    bytes: data,
    contentType: FORMAT_NAMES.avif.contentType,
    format: 'avif',
    width: pixels.width,
    height: pixels.height,
    ...(final > first && { improve: async () => (await run(encodeAt(final), 'memory')).data }),
  };
}

const avif = (image: Sharp, quality: number, effort: number): Sharp =>
  image.avif({ quality, effort, chromaSubsampling: '4:2:0' });

/** JPEG has no transparency: white shows through the source's own holes, black where we left some. */
async function flatten(picture: Picture): Promise<void> {
  if (!picture.hasAlpha) return;
  const background = toSharp(picture.hasGaps ? OPAQUE_BLACK : OPAQUE_WHITE);
  await picture.draw('flatten', (image) => image.flatten({ background }), { hasAlpha: false });
}

interface Job {
  readonly picture: Picture;
  readonly header: SourceHeader;
  readonly output: OutputSettings;
}

function withEncoder(image: Sharp, format: OutputFormat, { picture, header, output }: Job): Sharp {
  const quality = encoderQuality(format, output.quality ?? DEFAULT_QUALITY);
  const pixels = picture.size.width * picture.size.height * picture.frames;
  switch (format) {
    case 'jpeg':
      // Thinned colour is not seen below this quality, and a third of the bytes.
      return image.jpeg({
        quality,
        chromaSubsampling: quality >= 90 ? '4:4:4' : '4:2:0',
        progressive: output.progressive ?? false,
      });
    case 'png':
      // Never a quality: for PNG it means a palette of 256 colours. Filters help photographs and harm drawings.
      return image.png({ compressionLevel: 6, adaptiveFiltering: header.format !== 'png' && header.format !== 'gif' });
    case 'webp':
      return output.lossless
        ? image.webp({ lossless: true, effort: effortFor('losslessWebp', pixels), ...timing(header) })
        : image.webp({ quality, effort: effortFor('webp', pixels), ...timing(header) });
    case 'avif':
      return avif(image, quality, effortFor('avif', pixels));
    case 'gif':
      return image.gif({ effort: effortFor('gif', pixels), ...timing(header) });
  }
}

function timing({ delays, loops }: SourceHeader): { delay?: number[]; loop?: number } {
  return { ...(delays && { delay: [...delays] }), ...(loops !== undefined && { loop: loops }) };
}
