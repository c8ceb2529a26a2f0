import { describe, expect, it } from 'vitest';
import { sourcesIn, textOf } from './sources.ts';

/** A type or a constant that a file of the functions exports. Functions of two rooms may do the same in their own way. */
const EXPORTED = /^export (?:declare )?(?:interface|type|class|const(?= [A-Z][A-Z0-9_]+\b)) (\w+)/gm;

/** Names that several files export, with the files. */
function sharedNames(texts: ReadonlyMap<string, string>): Readonly<Record<string, readonly string[]>> {
  const files = new Map<string, string[]>();
  for (const [file, text] of texts) {
    for (const [, name = ''] of text.matchAll(EXPORTED)) files.set(name, [...(files.get(name) ?? []), file]);
  }
  return Object.fromEntries([...files].filter(([, all]) => all.length > 1));
}

describe('an exported type or constant', () => {
  it('has a name that is nobody else’s in the functions', () => {
    expect(sharedNames(new Map(sourcesIn('lambda').map((file) => [file, textOf(file)])))).toEqual({});
  });

  it('that two files name alike would be seen', () => {
    const text = 'export interface Step {\n}\nexport const LIMIT = 1;\nexport function step() {}\n';

    expect(sharedNames(new Map(['a.ts', 'b.ts'].map((file) => [file, text])))).toEqual({
      Step: ['a.ts', 'b.ts'],
      LIMIT: ['a.ts', 'b.ts'],
    });
  });
});
