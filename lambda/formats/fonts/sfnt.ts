/** A font file in its parts (OpenType 1.9, "Organization of an OpenType Font"). */
export interface Font {
  /** First four bytes: what outlines the font has. */
  readonly flavour: number;
  readonly tables: ReadonlyMap<string, Buffer>;
}

/** Bytes of a font's head and of each entry of its list of tables. */
const HEAD = 12;
const ENTRY = 16;

const FLAVOURS = new Set([0x00010000, 0x4f54544f, 0x74727565]);

/** @returns undefined for what is no single TrueType or OpenType font, or has parts that lie outside of it */
export function readFont(bytes: Buffer): Font | undefined {
  if (bytes.length < HEAD || !FLAVOURS.has(bytes.readUInt32BE(0))) return undefined;
  const count = bytes.readUInt16BE(4);
  if (bytes.length < HEAD + count * ENTRY) return undefined;
  const tables = new Map<string, Buffer>();
  for (let at = HEAD; at < HEAD + count * ENTRY; at += ENTRY) {
    const [offset, length] = [bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)];
    if (offset + length > bytes.length) return undefined;
    tables.set(bytes.toString('latin1', at, at + 4), bytes.subarray(offset, offset + length));
  }
  return { flavour: bytes.readUInt32BE(0), tables };
}

/** What every font must have; without one of them a text would silently be set in another font. */
const NEEDED = ['cmap', 'head', 'hhea', 'hmtx', 'maxp'];
const OUTLINES = ['glyf', 'CFF ', 'CFF2', 'CBDT', 'sbix'];
const HEAD_MAGIC = 0x5f0f3cf5;

/** Whether texts can be set in it, as far as its tables tell. */
export function isUsable({ tables }: Font): boolean {
  const head = tables.get('head');
  const maximum = tables.get('maxp');
  if (!NEEDED.every((tag) => tables.get(tag)?.length) || !OUTLINES.some((tag) => tables.has(tag))) return false;
  if (!head || head.length < 54 || head.readUInt32BE(12) !== HEAD_MAGIC) return false;
  return maximum !== undefined && maximum.length >= 6 && maximum.readUInt16BE(4) > 0;
}

export function writeFont({ flavour, tables }: Font): Buffer {
  const head = Buffer.alloc(HEAD + tables.size * ENTRY);
  head.writeUInt32BE(flavour, 0);
  writeSearchFields(head, tables.size);
  const parts: Buffer[] = [head];
  let [entry, offset] = [HEAD, head.length];
  for (const [tag, table] of [...tables].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const padded = Buffer.concat([table, Buffer.alloc(-table.length & 3)]);
    head.write(tag, entry, 'latin1');
    head.writeUInt32BE(checksum(padded), entry + 4);
    head.writeUInt32BE(offset, entry + 8);
    head.writeUInt32BE(table.length, entry + 12);
    parts.push(padded);
    entry += ENTRY;
    offset += padded.length;
  }
  return Buffer.concat(parts);
}

/** For a binary search in the list. */
function writeSearchFields(head: Buffer, count: number): void {
  const power = 2 ** Math.floor(Math.log2(Math.max(1, count)));
  head.writeUInt16BE(count, 4);
  head.writeUInt16BE(power * ENTRY, 6);
  head.writeUInt16BE(Math.log2(power), 8);
  head.writeUInt16BE((count - power) * ENTRY, 10);
}

function checksum(padded: Buffer): number {
  let sum = 0;
  for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0;
  return sum;
}
