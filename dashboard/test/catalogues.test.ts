import { describe, expect, it } from 'vitest';
import { de } from '../src/i18n/de.ts';
import { en } from '../src/i18n/en.ts';

/** Texts that are the same in both: a name, and what is printed on keys everywhere. */
const SAME = new Set(['product', ...[0, 1, 2, 9, 10].map((row) => `keys.list.${row}.0`)]);

function textsOf(catalogue: object, prefix = ''): [string, string | ((...values: never[]) => string)][] {
  return Object.entries(catalogue).flatMap(([name, value]) =>
    typeof value === 'object' ? textsOf(value, `${prefix}${name}.`) : [[prefix + name, value]],
  );
}

describe('the catalogues', () => {
  const german = new Map(textsOf(de));

  it('have the same texts', () => {
    expect([...german.keys()]).toEqual(textsOf(en).map(([name]) => name));
  });

  it('have every text translated', () => {
    const same = textsOf(en).filter(([name, text]) => typeof text === 'string' && text === german.get(name));

    expect(same.map(([name]) => name).filter((name) => !SAME.has(name))).toEqual([]);
  });

  it('use every number and name that they are given', () => {
    for (const catalogue of [en, de]) {
      for (const [name, text] of textsOf(catalogue)) {
        if (typeof text !== 'function') continue;
        const said = (text as (...values: unknown[]) => string)(7, 8);
        expect(said, name).toContain('7');
      }
    }
  });

  it('count in the singular', () => {
    expect(en.select.count(1)).toBe('1 file selected');
    expect(de.select.count(1)).toBe('1 Datei ausgewählt');
    expect(de.select.count(1200)).toBe('1.200 Dateien ausgewählt');
  });
});
