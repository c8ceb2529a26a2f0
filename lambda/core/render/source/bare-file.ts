import { isBareGif } from './bare-gif.ts';
import type { SourceFormat } from './header.ts';

/**
 * Whether a file holds a picture and nothing else: no EXIF, GPS position, XMP, IPTC, comment, profile, thumbnail, second
 * picture, nor anything behind its end. An allow-list, because cameras and telephones hide places in private segments
 * that no metadata reader knows. In doubt the answer is no.
 */
export function isBareFile(bytes: Buffer, format: SourceFormat): boolean {
  const check = CHECKS[format];
  return check?.(bytes) ?? false;
}

const CHECKS: Partial<Record<SourceFormat, (bytes: Buffer) => boolean>> = {
  jpeg: isBareJpeg,
  png: isBarePng,
  webp: isBareWebp,
  gif: isBareGif,
};

/** JFIF and Adobe headers, tables, frames and scans (ITU-T T.81, annex B). */
function isBareJpeg(bytes: Buffer): boolean {
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xd9) return at + 2 === bytes.length;
    const size = bytes.readUInt16BE(at + 2);
    if (!isBareSegment(marker, bytes.subarray(at + 4, at + 2 + size))) return false;
    at += 2 + size;
    if (marker === 0xda) at = endOfScan(bytes, at);
  }
  return at + 2 === bytes.length && bytes[at] === 0xff && bytes[at + 1] === 0xd9;
}

function isBareSegment(marker: number, content: Buffer): boolean {
  if (marker === 0xe0) return content.toString('latin1', 0, 5) === 'JFIF\0' && content.length === 14;
  if (marker === 0xee) return content.toString('latin1', 0, 5) === 'Adobe' && content.length === 12;
  const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8;
  const isTableOrScan = marker === 0xda || marker === 0xdb || marker === 0xdd;
  return isFrame || isTableOrScan;
}

/** The next marker that is neither a stuffed zero nor a restart. */
function endOfScan(bytes: Buffer, start: number): number {
  let at = bytes.indexOf(0xff, start);
  while (at !== -1 && at + 1 < bytes.length) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && (next < 0xd0 || next > 0xd7) && next !== 0xff) return at;
    at = bytes.indexOf(0xff, at + 1);
  }
  return bytes.length;
}

/** Chunks that only say how to show the pixels (PNG specification, section 11). */
const PNG_CHUNKS = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'bKGD', 'pHYs']);

function isBarePng(bytes: Buffer): boolean {
  let at = 8;
  while (at + 12 <= bytes.length) {
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (!PNG_CHUNKS.has(type)) return false;
    at += 12 + bytes.readUInt32BE(at);
    if (type === 'IEND') return at === bytes.length;
  }
  return false;
}

/** Chunks of pixels and animation (WebP container specification). */
const WEBP_CHUNKS = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF']);

function isBareWebp(bytes: Buffer): boolean {
  if (bytes.length < 12 || bytes.readUInt32LE(4) + 8 !== bytes.length) return false;
  let at = 12;
  while (at + 8 <= bytes.length) {
    if (!WEBP_CHUNKS.has(bytes.toString('latin1', at, at + 4))) return false;
    const size = bytes.readUInt32LE(at + 4);
    at += 8 + size + (size % 2);
  }
  return at === bytes.length;
}
