import type { Sharp } from 'sharp';
import type { Region } from '../../plan/geometry/size.ts';
import type { OutputFormat, OutputSettings } from '../../plan/plan.ts';
import { run } from '../engine.ts';
import { OPAQUE_BLACK, OPAQUE_WHITE, toSharp } from '../picture/paint.ts';
import type { Picture } from '../picture/picture.ts';
import { fromPixels } from '../picture/pixels.ts';
import type { SourceHeader } from '../source/header.ts';
import { FORMAT_NAMES } from '../source/inspect.ts';
import { effortFor } from './effort.ts';
import { finishWithMetadata } from './keep-metadata.ts';
import { DEFAULT_QUALITY, encoderQuality, keepsColourSamples } from './quality.ts';
import { sharesPalette } from './shared-palette.ts';

export interface Rendered {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly format: OutputFormat;
  /** Of one frame. */
  readonly width: number;
  readonly height: number;
  /** What of the source is not in the picture, in a word: `animation`. */
  readonly leftOut?: readonly string[];
  /** What the limits made smaller: the size that was made, and the one that follows from the URL. */
  readonly limited?: string;
  /** What the crop of each step kept, in pixels of the step's input; missing where none looked for anything. */
  readonly interests?: readonly (Region | null)[];
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
  const onePalette = format === 'gif' && picture.frames > 1 && sharesPalette(await picture.settle());
  const { image, origin } = await finishWithMetadata(picture, header, output);
  const { data } = await run(withEncoder(image, format, { picture, header, output, onePalette }), origin);
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
  const encodeAs = (encoder: 'avif' | 'finalAvif', effort: number) =>
    avif(fromPixels(pixels), encoder, qualityOf(output), effort);
  const [first, final] = [effortFor('avif', count), effortFor('finalAvif', count)];
  const { data } = await run(encodeAs('avif', first), 'memory');
  return {
    bytes: data,
    contentType: FORMAT_NAMES.avif.contentType,
    format: 'avif',
    width: pixels.width,
    height: pixels.height,
    ...(final > first && { improve: async () => (await run(encodeAs('finalAvif', final), 'memory')).data }),
  };
}

const qualityOf = ({ quality, defaultQuality }: OutputSettings): number => quality ?? defaultQuality ?? DEFAULT_QUALITY;

const avif = (image: Sharp, encoder: 'avif' | 'finalAvif', quality: number, effort: number): Sharp =>
  image.avif({ quality: encoderQuality(encoder, quality), effort, chromaSubsampling: chromaOf(quality) });

const chromaOf = (quality: number): '4:4:4' | '4:2:0' => (keepsColourSamples(quality) ? '4:4:4' : '4:2:0');

/** JPEG has no transparency: the colour that was asked for shows, else white through the source's own holes, black where we left some. */
async function flatten(picture: Picture): Promise<void> {
  if (!picture.hasAlpha) return;
  const background = toSharp(picture.matte ?? (picture.hasGaps ? OPAQUE_BLACK : OPAQUE_WHITE));
  await picture.draw('flatten', (image) => image.flatten({ background }), { hasAlpha: false });
}

/** Pixels above which a PNG is packed fast: 0.14 seconds a megapixel would become 0.08, of a still picture a tenth. */
const LARGE_PNG = 8_000_000;

interface Job {
  readonly picture: Picture;
  readonly header: SourceHeader;
  readonly output: OutputSettings;
  /** Of an animation as GIF: the palette of the first frame serves all. */
  readonly onePalette: boolean;
}

function withEncoder(image: Sharp, format: OutputFormat, { picture, header, output, onePalette }: Job): Sharp {
  const asked = qualityOf(output);
  const quality = encoderQuality(format, asked);
  const pixels = picture.size.width * picture.size.height * picture.frames;
  switch (format) {
    case 'jpeg':
      return image.jpeg({ quality, chromaSubsampling: chromaOf(asked), progressive: output.progressive ?? false });
    case 'png':
      // Never a quality: for PNG it means a palette of 256 colours. Filters help photographs and harm drawings.
      return pixels > LARGE_PNG
        ? image.png({ compressionLevel: 1, adaptiveFiltering: false })
        : image.png({ compressionLevel: 6, adaptiveFiltering: header.format !== 'png' && header.format !== 'gif' });
    case 'webp':
      return output.lossless
        ? image.webp({ lossless: true, effort: effortFor('losslessWebp', pixels), ...timing(header) })
        : image.webp({
            quality,
            effort: effortFor('webp', pixels),
            // WebP always thins colour; this makes it do so with care.
            smartSubsample: keepsColourSamples(asked),
            ...timing(header),
          });
    case 'avif':
      return avif(image, 'avif', asked, effortFor('avif', pixels));
    case 'gif':
      return image.gif({
        effort: effortFor(gifEncoder(header, onePalette), pixels),
        ...(onePalette && { interPaletteMaxError: ANY_ERROR }),
        ...timing(header),
      });
  }
}

function gifEncoder(header: SourceHeader, onePalette: boolean): 'gif' | 'fullGif' | 'onePaletteGif' {
  if (isFullGif(header)) return 'fullGif';
  return onePalette ? 'onePaletteGif' : 'gif';
}

/** Difference between palettes up to which libvips keeps the first one. The most there is spares it the search for a second. */
const ANY_ERROR = 256;

/** Bytes a pixel from which on a GIF holds photographs: 0.1 without dithering, 0.5 to 1.3 with it. Drawings take 0.02 to 0.05. */
const FULL_GIF = 0.08;

/** Whether a GIF uses its palettes fully, so that more effort is not seen. */
export const isFullGif = ({ format, bytes, size, frames }: SourceHeader): boolean =>
  format === 'gif' && bytes.byteLength > FULL_GIF * size.width * size.height * frames;

function timing({ delays, loops }: SourceHeader): { delay?: number[]; loop?: number } {
  return { ...(delays && { delay: [...delays] }), ...(loops !== undefined && { loop: loops }) };
}
