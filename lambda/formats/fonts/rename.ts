import type { Font } from './sfnt.ts';

/** What a font is called by, with the numbers that OpenType has for it ("name", Name IDs): family, style, full name. */
const NAMES = [
  [1, (family: string) => family],
  [2, () => 'Regular'],
  [4, (family: string) => family],
  [6, (family: string) => family],
] as const;

const WINDOWS = 3;
const UNICODE = 1;
const ENGLISH = 0x409;

/**
 * The font with another family name and none of its own names. Two files that say the same name are then two families, and
 * none takes the place of a built-in one.
 */
export function renamed({ flavour, tables }: Font, family: string): Font {
  return { flavour, tables: new Map([...tables, ['name', nameTable(family)]]) };
}

function nameTable(family: string): Buffer {
  const texts = NAMES.map(([, text]) => Buffer.from(text(family), 'utf16le').swap16());
  const head = Buffer.alloc(6 + NAMES.length * 12);
  head.writeUInt16BE(NAMES.length, 2);
  head.writeUInt16BE(head.length, 4);
  let offset = 0;
  for (const [index, text] of texts.entries()) {
    const record = [WINDOWS, UNICODE, ENGLISH, NAMES[index]?.[0] ?? 0, text.length, offset];
    for (const [field, value] of record.entries()) head.writeUInt16BE(value, 6 + index * 12 + field * 2);
    offset += text.length;
  }
  return Buffer.concat([head, ...texts]);
}
