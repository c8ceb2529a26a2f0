import sharp, { type Metadata } from 'sharp';
import { problem } from '../../kernel/problems.ts';
import type { Size } from '../../plan/geometry/layout.ts';
import { unreadable } from '../engine.ts';
import { type Drawing, requireIsolation } from '../isolated/isolation.ts';
import { guardPngChunks, isAnimatedPng } from './png-chunks.ts';
import { withColourProfile } from './png-colours.ts';
import { svgRoot, svgSize } from './svg.ts';
import { hasTiffDirectory } from './tiff-directory.ts';
import { isLacking, unsupported, unsupportedKind } from './unsupported.ts';
import { isWhole } from './whole-file.ts';

export type SourceFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'tiff' | 'svg';

/** What a source's header says; no pixel was decoded. */
export interface SourceHeader {
  readonly bytes: Buffer;
  readonly format: SourceFormat;
  /** One frame as it is to be seen: the EXIF orientation is applied. */
  readonly size: Size;
  /** EXIF, 1..8. AVIF says it in its own way, which the decoder has already followed, so it is 1 there. */
  readonly orientation: number;
  /** More than 1 for animations only: further pages of a TIFF or AVIF file are other pictures. */
  readonly frames: number;
  /** Milliseconds of each frame. */
  readonly delays?: readonly number[];
  /** Repetitions of an animation, 0 for ever. */
  readonly loops?: number;
  /** The page that is meant, from 1; missing when none was asked for. */
  readonly page?: number;
  /** Dots per inch, when the file says so. */
  readonly density?: number;
  readonly hasAlpha: boolean;
  readonly colours: 'rgb' | 'grey' | 'other';
  readonly hasProfile: boolean;
  /** An animated PNG: only its first picture has a decoder. */
  readonly isAnimatedPng?: true;
  readonly deep: boolean;
  /** Of an SVG: draws it. `size` is the one that it asks for. */
  readonly drawing?: Drawing;
}

const FORMATS: Readonly<Record<string, SourceFormat>> = {
  jpeg: 'jpeg',
  png: 'png',
  webp: 'webp',
  heif: 'avif',
  gif: 'gif',
  tiff: 'tiff',
};

/**
 * Reads a source's header.
 * @param page of a file with several, from 1: the header is then of that page alone
 * @throws source.unreadable, source.unsupported for what has no decoder, transformation.invalid for a page that is not there
 * @throws OnlyIsolated for an SVG, outside a child process
 */
export async function readHeader(source: Uint8Array, page?: number): Promise<SourceHeader> {
  if (source.byteLength === 0) throw unreadable();
  const stored = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  const kind = unsupportedKind(stored);
  if (kind !== undefined) throw unsupported(kind);
  const root = svgRoot(stored);
  if (root !== undefined) return ofDrawing(stored, root, page);
  if (!isWhole(stored)) throw unreadable();
  guardPngChunks(stored);
  const bytes = await withColourProfile(stored);
  const whole = await readMetadata(bytes);
  const metadata = page === undefined ? whole : await readPage(bytes, whole, page);
  const format = FORMATS[metadata.format];
  if (metadata.compression === 'hevc') throw unsupported('HEIC');
  if (!format) throw unreadable();
  refuseExtraChannels(metadata);
  refuseMeasurements(metadata);
  return toHeader(bytes, format, metadata, page);
}

/** An SVG is opened by its text; there are no pixels yet. */
function ofDrawing(bytes: Buffer, root: string, page: number | undefined): SourceHeader {
  if (page !== undefined && page > 1) throw noPage(1, page);
  const size = svgSize(root);
  const drawing = requireIsolation().openDrawing(bytes, size);
  const fixed = { format: 'svg', orientation: 1, frames: 1, hasAlpha: true, colours: 'rgb' } as const;
  return { ...fixed, bytes, size, hasProfile: false, deep: false, drawing };
}

/** Refuses channels beyond colour and transparency: printing plates and masks have no meaning on a screen. */
function refuseExtraChannels({ space, channels }: Metadata): void {
  if (channels > (space === 'cmyk' ? 5 : 4)) {
    throw problem('source.unsupported', `A picture of ${channels} channels cannot be transformed.`);
  }
}

/** Refuses signed and broken numbers: a scientific TIFF does not say which of them is black and which is white. */
function refuseMeasurements({ depth }: Metadata): void {
  if (depth === 'uchar' || depth === 'ushort') return;
  throw problem('source.unsupported', `A picture whose samples are ${depth} numbers cannot be transformed.`);
}

async function readPage(bytes: Buffer, { pages = 1 }: Metadata, page: number): Promise<Metadata> {
  if (page > pages) throw noPage(pages, page);
  return readMetadata(bytes, page);
}

const noPage = (pages: number, page: number) =>
  problem('transformation.invalid', `pg (page) must be from 1 to ${pages} for this file, not ${page}.`);

async function readMetadata(bytes: Buffer, page = 1): Promise<Metadata> {
  try {
    // No pixel limit here: our own guard comes next and tells the client both numbers.
    return await sharp(bytes, { limitInputPixels: false, failOn: 'error', page: page - 1 }).metadata();
  } catch (error) {
    throw isLacking(error) || hasTiffDirectory(bytes) ? unsupported('Such') : unreadable(error);
  }
}

function toHeader(bytes: Buffer, format: SourceFormat, metadata: Metadata, page: number | undefined): SourceHeader {
  const { autoOrient, pages = 1, orientation = 1, delay, loop, space, density } = metadata;
  const animated = (format === 'gif' || format === 'webp') && pages > 1 && page === undefined;
  return {
    bytes,
    format,
    size: { width: autoOrient.width, height: autoOrient.height },
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    frames: animated ? pages : 1,
    ...(animated && delay && { delays: delay.map(storable) }),
    ...(animated && loop !== undefined && { loops: storable(loop) }),
    ...(page !== undefined && { page }),
    ...(density && { density }),
    hasAlpha: metadata.hasAlpha,
    colours: space === 'srgb' || space === 'rgb16' ? 'rgb' : space === 'b-w' || space === 'grey16' ? 'grey' : 'other',
    hasProfile: metadata.hasProfile,
    ...(format === 'png' && isAnimatedPng(bytes) && { isAnimatedPng: true as const }),
    deep: metadata.depth === 'ushort',
  };
}

/** Delays and loops as an encoder takes them; damaged files hold others. */
const storable = (value: number): number => Math.min(65_535, Math.max(0, Math.round(value)));
