/** Bytes of one value, by type (TIFF 6.0, section 2; 13 and above: TIFF Technical Note 1, BigTIFF). */
const VALUE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

/** Where the numbers of a TIFF are, in its byte order. The upper half of a 64-bit number is beyond any file of ours. */
interface Reader {
  readonly bytes: Buffer;
  readonly isBig: boolean;
  readonly short: (at: number) => number;
  readonly long: (at: number) => number;
  readonly offset: (at: number) => number;
}

/**
 * Whether a file is a TIFF whose directories are there, with every value that they point at, and end. One that decoders
 * refuse all the same is odd, not cut off.
 */
export function hasTiffDirectory(bytes: Buffer): boolean {
  try {
    const reader = openTiff(bytes);
    return reader !== undefined && areDirectoriesWhole(reader);
  } catch {
    // A number lies behind the end.
    return false;
  }
}

function openTiff(bytes: Buffer): Reader | undefined {
  const order = bytes.toString('latin1', 0, 2);
  if (order !== 'II' && order !== 'MM') return undefined;
  const isLittle = order === 'II';
  const short = (at: number) => (isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const long = (at: number) => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const isBig = short(2) === 43;
  const offset = (at: number) => long(isBig && !isLittle ? at + 4 : at);
  return { bytes, isBig, short, long, offset };
}

/** Each directory says where the next one is; a chain that bites its own tail keeps a reader busy for ever. */
function areDirectoriesWhole(reader: Reader): boolean {
  const seen = new Set<number>();
  let start = reader.offset(reader.isBig ? 8 : 4);
  while (start !== 0) {
    const end = start < 8 || seen.has(start) ? undefined : endOfDirectory(reader, start);
    if (end === undefined) return false;
    seen.add(start);
    start = reader.offset(end);
  }
  return seen.size > 0;
}

/** Where the next directory's place is written; undefined when a value of this one is missing. */
function endOfDirectory({ bytes, isBig, short, offset }: Reader, start: number): number | undefined {
  const count = isBig ? offset(start) : short(start);
  const [first, size, inline] = isBig ? [start + 8, 20, 8] : [start + 2, 12, 4];
  const end = first + count * size;
  if (end > bytes.length) return undefined;
  for (let entry = first; entry < end; entry += size) {
    const length = (VALUE_BYTES[short(entry + 2)] ?? 0) * offset(entry + 4);
    if (length > inline && offset(entry + size - inline) + length > bytes.length) return undefined;
  }
  return end;
}
