/** The first quantization table of the JPEG standard (ITU-T T.81, table K.1), in zigzag order as files hold it. */
const LUMINANCE = [
  16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61,
  60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77, 113, 121,
  112, 100, 120, 92, 101, 103, 99,
];

/**
 * The quality with which a JPEG was encoded: the one whose scaled table comes nearest to the file's (the Independent JPEG
 * Group's scale, libjpeg's `jpeg_quality_scaling`).
 * @returns 1..100; 0 when the file has no table or is no JPEG
 */
export function jpegQuality(bytes: Uint8Array): number {
  const table = firstTable(bytes);
  if (!table) return 0;
  let best = { quality: 0, distance: Number.POSITIVE_INFINITY };
  for (let quality = 1; quality <= 100; quality++) {
    const scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
    const distance = LUMINANCE.reduce((sum, value, index) => {
      const scaled = Math.min(255, Math.max(1, Math.floor((value * scale + 50) / 100)));
      return sum + Math.abs(scaled - (table[index] ?? 0));
    }, 0);
    if (distance <= best.distance) best = { quality, distance };
  }
  return best.quality;
}

/** The table for brightness: the first one of a DQT segment, 8 or 16 bits a value. */
function firstTable(bytes: Uint8Array): number[] | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xda) return undefined;
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    if (marker === 0xdb) return readTable(bytes.subarray(at + 4, at + 2 + length));
    at += 2 + Math.max(2, length);
  }
  return undefined;
}

function readTable(segment: Uint8Array): number[] | undefined {
  const width = (segment[0] ?? 0) >> 4 === 0 ? 1 : 2;
  if (segment.length < 1 + 64 * width) return undefined;
  return LUMINANCE.map((_, index) => {
    const at = 1 + index * width;
    return width === 1 ? (segment[at] ?? 0) : ((segment[at] ?? 0) << 8) | (segment[at + 1] ?? 0);
  });
}
