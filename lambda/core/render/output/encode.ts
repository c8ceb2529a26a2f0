import type { Sharp } from 'sharp';
import type { Region } from '../../plan/geometry/size.ts';
import type { OutputFormat, OutputSettings } from '../../plan/plan.ts';
import { run } from '../engine.ts';
import { OPAQUE_BLACK, OPAQUE_WHITE, toSharp } from '../picture/paint.ts';
import type { Picture } from '../picture/picture.ts';
import type { SourceHeader } from '../source/header.ts';
import { FORMAT_NAMES } from '../source/inspect.ts';
import { keepsAnything } from '../source/output-needs.ts';
import { type BetterEncoding, betterEncoding, type EncodingCare } from './better-encoding.ts';
import { keepsColourSamples, type Look } from './colour-samples.ts';
import { effortFor } from './effort.ts';
import { finishWithMetadata } from './keep-metadata.ts';
import { lossesOf } from './losses.ts';
import { ADAPTED_BELOW, DEFAULT_QUALITY, encoderQuality } from './quality.ts';
import { sharesPalette } from './shared-palette.ts';
import { fewColours, smallestPng } from './smallest-png.ts';

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
  /** Missing when no budget allows a better encoding. */
  readonly improvable?: Improvable;
}

/** What a better encoding would go over. */
export interface Improvable {
  /** Of all frames. */
  readonly pixels: number;
}

/** What the URL asks of the encoder, and how much care it may take. */
export interface EncodeSettings extends OutputSettings {
  readonly care: EncodingCare;
}

/** Encodes a finished picture. Metadata stays behind unless the settings keep it. */
export async function encode(
  picture: Picture,
  header: SourceHeader,
  format: OutputFormat,
  output: EncodeSettings,
): Promise<Rendered> {
  if (format === 'jpeg') await flatten(picture);
  const pixels = picture.size.width * picture.size.height * picture.frames;
  const isLossless = format === 'webp' && output.lossless;
  const better = output.care === 'first' || isLossless ? undefined : betterEncoding(format, pixels, output.care);
  const onePalette = format === 'gif' && picture.frames > 1 && sharesPalette(await picture.settle());
  const colours = better && format === 'png' && !keepsAnything(output) ? await fewColours(picture) : undefined;
  const losses = isLookedAt(picture, format, output) ? lossesOf(await picture.settle()) : undefined;
  const { image, origin } = await finishWithMetadata(picture, header, output);
  const data =
    better && format === 'png'
      ? await smallestPng(image, origin, colours)
      : (
          await run(
            withEncoder(image, format, { pixels, header, output, onePalette, better, look: { losses, pixels } }),
            origin,
          )
        ).data;
  picture.release();
  return {
    bytes: data,
    contentType: FORMAT_NAMES[format].contentType,
    format,
    // sharp's own figures are the crop's when a border was added after it.
    width: picture.size.width,
    height: picture.size.height,
    ...(!isLossless && betterEncoding(format, pixels, 'most') && { improvable: { pixels } }),
  };
}

/** Pixels above which a picture goes to its encoder in strips, instead of lying in memory to be looked at. */
const LOOKED_AT = 3_000_000;

/** Whether the encoder's number follows the picture. What keeps metadata or moves is encoded in the call that reads it. */
function isLookedAt({ size, frames, isGrey }: Picture, format: OutputFormat, output: OutputSettings): boolean {
  if (format === 'png' || format === 'gif' || output.lossless || keepsAnything(output)) return false;
  return frames === 1 && !isGrey && size.width * size.height <= LOOKED_AT && qualityOf(output) < ADAPTED_BELOW;
}

const qualityOf = ({ quality, defaultQuality }: OutputSettings): number => quality ?? defaultQuality ?? DEFAULT_QUALITY;

/** JPEG has no transparency: the colour that was asked for shows, else white through the source's own holes, black where we left some. */
async function flatten(picture: Picture): Promise<void> {
  if (!picture.hasAlpha) return;
  const background = toSharp(picture.matte ?? (picture.hasGaps ? OPAQUE_BLACK : OPAQUE_WHITE));
  await picture.draw('flatten', (image) => image.flatten({ background }), { hasAlpha: false });
}

/** Pixels above which a PNG is packed fast: 0.14 seconds a megapixel would become 0.08, of a still picture a tenth. */
const LARGE_PNG = 8_000_000;

interface Job {
  /** Of all frames. */
  readonly pixels: number;
  readonly header: SourceHeader;
  readonly output: OutputSettings;
  /** Of an animation as GIF: the palette of the first frame serves all. */
  readonly onePalette: boolean;
  /** Missing for the first encoding. */
  readonly better: BetterEncoding | undefined;
  readonly look: Look;
}

function withEncoder(image: Sharp, format: OutputFormat, job: Job): Sharp {
  const { pixels, header, output, onePalette, better, look } = job;
  const asked = qualityOf(output);
  const quality = encoderQuality(better ? BETTER_SCALES[format] : format, asked, look);
  const keepsColour = keepsColourSamples(format, asked, look);
  const chromaSubsampling = keepsColour ? '4:4:4' : '4:2:0';
  switch (format) {
    case 'jpeg':
      return image.jpeg({
        ...{ quality, chromaSubsampling, progressive: output.progressive ?? false },
        ...(better && carefulJpeg(output.progressive ?? true)),
      });
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
            effort: better?.effort ?? effortFor('webp', pixels),
            // WebP always thins colour; this makes it do so with care.
            smartSubsample: keepsColour,
            ...timing(header),
          });
    case 'avif':
      return image.avif({
        ...{ quality, chromaSubsampling },
        effort: better?.effort ?? effortFor('avif', pixels),
      });
    case 'gif':
      return image.gif({
        effort: effortFor(gifEncoder(header, onePalette), pixels),
        ...(onePalette && { interPaletteMaxError: ANY_ERROR }),
        ...timing(header),
      });
  }
}

/** Scales of what is encoded with care, which scores differently at the same number. */
const BETTER_SCALES = { jpeg: 'betterJpeg', png: 'png', webp: 'betterWebp', avif: 'betterAvif', gif: 'gif' } as const;

/** mozjpeg's tables, and its search for coefficients and scans that take fewer bytes. Those scans make a progressive file. */
const carefulJpeg = (isProgressive: boolean) => ({
  ...{ trellisQuantisation: true, overshootDeringing: true, quantisationTable: 3 },
  ...{ progressive: isProgressive, optimiseScans: isProgressive },
});

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
