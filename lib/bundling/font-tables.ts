/** Bytes of a font's head and of each entry of its list of tables (OpenType 1.9, "Organization of an OpenType Font"). */
const HEAD = 12;
const ENTRY = 16;

/** A font without some of its tables. The sums of the tables that stay do not change. */
export function withoutTables(font: Buffer, tags: ReadonlySet<string>): Buffer {
  const count = font.readUInt16BE(4);
  const entries = Array.from({ length: count }, (_, index) =>
    font.subarray(HEAD + index * ENTRY, HEAD + (index + 1) * ENTRY),
  );
  const kept = entries.filter((entry) => !tags.has(entry.toString('latin1', 0, 4)));
  if (kept.length === count) return font;
  const head = Buffer.concat([font.subarray(0, HEAD), ...kept]);
  writeSearchFields(head, kept.length);
  const tables: Buffer[] = [];
  let offset = head.length;
  for (const [index, entry] of kept.entries()) {
    const start = entry.readUInt32BE(8);
    const length = entry.readUInt32BE(12);
    const padded = Buffer.alloc(Math.ceil(length / 4) * 4);
    font.copy(padded, 0, start, start + length);
    head.writeUInt32BE(offset, HEAD + index * ENTRY + 8);
    offset += padded.length;
    tables.push(padded);
  }
  return Buffer.concat([head, ...tables]);
}

/** For a binary search in the list. */
function writeSearchFields(head: Buffer, count: number): void {
  const power = Math.floor(Math.log2(count));
  head.writeUInt16BE(count, 4);
  head.writeUInt16BE(2 ** power * ENTRY, 6);
  head.writeUInt16BE(power, 8);
  head.writeUInt16BE((count - 2 ** power) * ENTRY, 10);
}
