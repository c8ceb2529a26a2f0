import { colourTableBytes, endOfBlocks, GIF_EXTENSION, GIF_IMAGE } from './bare-gif.ts';

/**
 * Whether a file has its end, as far as decoders do not look themselves: they deliver the frames that are left of a GIF, and
 * find out about a picture over our limits never, as they are not asked. WebP, AVIF and TIFF say where their pixels are,
 * and their decoders refuse what is not there. The rule is one for all formats (docs/formats.md).
 */
export function isWhole(bytes: Buffer): boolean {
  if (startsWith(bytes, '\xff\xd8\xff')) return bytes.lastIndexOf('\xff\xd9', undefined, 'latin1') > 0;
  if (startsWith(bytes, '\x89PNG')) return bytes.lastIndexOf('IEND', undefined, 'latin1') > 0;
  return startsWith(bytes, 'GIF8') ? isWholeGif(bytes) : true;
}

const startsWith = (bytes: Buffer, signature: string): boolean =>
  bytes.toString('latin1', 0, signature.length) === signature;

/** Every block that begins ends too. The trailer itself is of no use to anybody. */
function isWholeGif(bytes: Buffer): boolean {
  let at = 13 + colourTableBytes(bytes[10] ?? 0);
  while (at < bytes.length) {
    const block = bytes[at];
    if (block === GIF_IMAGE) at = endOfBlocks(bytes, at + 11 + colourTableBytes(bytes[at + 9] ?? 0));
    else if (block === GIF_EXTENSION) at = endOfBlocks(bytes, at + 2);
    else return true;
  }
  return at === bytes.length;
}
