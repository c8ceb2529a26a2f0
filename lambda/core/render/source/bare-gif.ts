/** Application extensions that only say how often an animation repeats. */
const LOOP_EXTENSIONS = ['NETSCAPE2.0', 'ANIMEXTS1.0'];

export const GIF_EXTENSION = 0x21;
export const GIF_IMAGE = 0x2c;
const TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;
const APPLICATION = 0xff;

/** Whether a GIF has frames and their timing only: no comment, text or XMP, nothing behind its end (GIF89a). */
export function isBareGif(bytes: Buffer): boolean {
  let at = 13 + colourTableBytes(bytes[10] ?? 0);
  while (at < bytes.length) {
    const block = bytes[at];
    if (block === TRAILER) return at + 1 === bytes.length;
    if (block === GIF_IMAGE) at = endOfBlocks(bytes, at + 11 + colourTableBytes(bytes[at + 9] ?? 0));
    else if (block === GIF_EXTENSION && isBareExtension(bytes, at)) at = endOfBlocks(bytes, at + 2);
    else return false;
  }
  return false;
}

export const colourTableBytes = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

function isBareExtension(bytes: Buffer, at: number): boolean {
  const label = bytes[at + 1];
  if (label === GRAPHIC_CONTROL) return true;
  return label === APPLICATION && LOOP_EXTENSIONS.includes(bytes.toString('latin1', at + 3, at + 14));
}

/** Skips sub-blocks: each begins with its length, the last has none. */
export function endOfBlocks(bytes: Buffer, start: number): number {
  let at = start;
  while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] ?? 0);
  return at + 1;
}
