import { readFont, writeFont } from '../../lambda/formats/fonts/sfnt.ts';

/** A font without some of its tables. */
export function withoutTables(bytes: Buffer, tags: ReadonlySet<string>): Buffer {
  const font = readFont(bytes);
  if (!font) throw new Error('This is no TrueType or OpenType font.');
  const kept = new Map([...font.tables].filter(([tag]) => !tags.has(tag)));
  return kept.size === font.tables.size ? bytes : writeFont({ ...font, tables: kept });
}
