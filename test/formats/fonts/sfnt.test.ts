import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renamed } from '../../../lambda/formats/fonts/rename.ts';
import { isUsable, readFont, writeFont } from '../../../lambda/formats/fonts/sfnt.ts';

const BYTES = readFileSync(join(dirname(process.env.FONTCONFIG_FILE ?? ''), 'Lobster_400Regular.ttf'));
const font = () => {
  const read = readFont(BYTES);
  if (!read) throw new Error('Lobster must be a font');
  return read;
};

test('a font that is read and written again has the same tables', () => {
  const again = readFont(writeFont(font()));

  expect(again?.flavour).toBe(font().flavour);
  expect(new Map([...(again?.tables ?? [])].sort())).toEqual(new Map([...font().tables].sort()));
});

test('a renamed font says its new name, and nothing of the old', () => {
  const names = renamed(font(), 'mine').tables.get('name');

  expect(names?.toString('latin1')).toContain('\0m\0i\0n\0e');
  expect(names?.toString('latin1').replaceAll('\0', '')).not.toContain('Lobster');
});

test('a font without letters, or one of the tables that place them, is not usable', () => {
  expect(isUsable(font())).toBe(true);
  for (const tag of ['cmap', 'head', 'hhea', 'hmtx', 'maxp', 'glyf']) {
    expect(isUsable({ ...font(), tables: new Map([...font().tables].filter(([one]) => one !== tag)) }), tag).toBe(
      false,
    );
  }
});

test('no bytes make the reader fail', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, isLikely) => {
      const read = readFont(Buffer.from(isLikely ? [0, 1, 0, 0, 0, 2, ...bytes] : bytes));

      if (read) expect(typeof isUsable(read)).toBe('boolean');
    }),
  );
});
