import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../architecture/sources.ts';

/** A row: its word, the name that the code has for it, and the file that exports that name. */
const ROW = /^\| ([^|]+) \| `(\w+)` in `([\w./-]+)` \| .+ \|$/;

const rows = readFileSync(join(ROOT, 'docs/glossary.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| word |'));

function isExported(name: string, path: string): boolean {
  const file = join(ROOT, path);
  return (
    existsSync(file) &&
    new RegExp(`^export (async )?(const|function|interface|type|class) ${name}\\b`, 'm').test(
      readFileSync(file, 'utf8'),
    )
  );
}

describe('docs/glossary.md', () => {
  it.each(rows)('names what the code exports: %s', (row) => {
    const [, word, name = '', path = ''] = ROW.exec(row) ?? [];

    expect([word, isExported(name, path)]).toEqual([expect.any(String), true]);
  });

  it('has each word once', () => {
    const words = rows.map((row) => ROW.exec(row)?.[1]);

    expect(words.length).toBeGreaterThan(20);
    expect(new Set(words).size).toBe(words.length);
  });

  it('is told of a name that the code does not have', () => {
    expect(isExported('Content', 'lambda/core/library/asset.ts')).toBe(true);
    expect(isExported('Conten', 'lambda/core/library/asset.ts')).toBe(false);
    expect(isExported('Content', 'lambda/core/library/missing.ts')).toBe(false);
  });
});
