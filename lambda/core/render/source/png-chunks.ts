import { LIMITS } from '../../../contract/limits.ts';
import { problem } from '../../kernel/problems.ts';

export const PNG_SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** Chunks that hold deflated metadata (PNG specification, sections 11.3.3.3, 11.3.4.3 and 11.3.4.4). */
const DEFLATED = new Set(['zTXt', 'iTXt', 'iCCP']);

/**
 * Refuses a PNG whose metadata inflate beyond the limit: a kilobyte of text can stand for a megabyte, and a decoder that
 * looks at it would have to hold it.
 * @throws Problem source.limit
 */
export function guardPngChunks(bytes: Buffer): void {
  for (const { type, start, end } of chunksOf(bytes)) {
    if (type === 'IDAT' || type === 'IEND') return;
    if (DEFLATED.has(type)) guardChunk(type, bytes.subarray(start + 8, end - 4));
  }
}

/** Whether a PNG moves (PNG specification, third edition, section 11.3.6: `acTL` comes before the picture). */
export function isAnimatedPng(bytes: Buffer): boolean {
  for (const { type } of chunksOf(bytes)) {
    if (type === 'acTL') return true;
    if (type === 'IDAT') return false;
  }
  return false;
}

/** Chunks that say how to show the pixels and when; every other one may hold something about its owner. */
const SHOWN = new Set([
  ...['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'bKGD', 'pHYs', 'iCCP', 'cICP'],
  ...['acTL', 'fcTL', 'fdAT'],
]);

/** A PNG without what is not shown, and without what lies behind its end. */
export function shownChunks(bytes: Buffer): Buffer {
  const kept = [...chunksOf(bytes)].filter(({ type }) => SHOWN.has(type));
  return Buffer.concat([PNG_SIGNATURE, ...kept.map(({ start, end }) => bytes.subarray(start, end))]);
}

/** Chunks of a PNG, from the length to the checksum; none of another file. */
export function* chunksOf(bytes: Buffer): Generator<{ type: string; start: number; end: number }> {
  if (!bytes.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE)) return;
  for (let start = PNG_SIGNATURE.length; start + 12 <= bytes.length; ) {
    const end = start + 12 + bytes.readUInt32BE(start);
    const type = bytes.toString('latin1', start + 4, start + 8);
    yield { type, start, end };
    if (type === 'IEND') return;
    start = end;
  }
}

function guardChunk(type: string, content: Buffer): void {
  const deflated = content.subarray(startOfData(type, content));
  try {
    // Got when it is needed: it is a twentieth of a cold start.
    process.getBuiltinModule('node:zlib').inflateSync(deflated, { maxOutputLength: LIMITS.metadataBytes });
  } catch (error) {
    // Text that is not deflated or broken is the decoder's own affair: it skips it.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') return;
    throw problem('source.limit', `Metadata of an image may have at most ${LIMITS.metadataBytes} bytes when inflated.`);
  }
}

/** Behind the keyword, a byte that says how it is deflated, and for `iTXt` two more words. */
function startOfData(type: string, content: Buffer): number {
  const keyword = content.indexOf(0) + 1;
  if (type !== 'iTXt') return keyword + 1;
  const language = content.indexOf(0, keyword + 2) + 1;
  return content.indexOf(0, language) + 1;
}
