import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../lambda/contract/limits.ts';
import { sourcesIn, textOf } from '../architecture/sources.ts';

const source = new URL('../../lambda/contract/limits.ts', import.meta.url);
const page = new URL('../../docs/limits.md', import.meta.url);

/** The page as the limits file says it: one row a limit, its sentence taken from the comment above it. */
function limitsPage(): string {
  const text = readFileSync(source, 'utf8');
  const rows = Object.entries(LIMITS).map(([name, value]) => {
    const sentence = new RegExp(`/\\*\\* ([^*]+) \\*/\\s+${name}:`).exec(text)?.[1];
    if (!sentence) throw new Error(`The limit ${name} has no sentence above it.`);
    return `| \`${name}\` | ${value.toLocaleString('en')} | ${sentence} |`;
  });
  return [
    '# Limits',
    '',
    'Made from `lambda/contract/limits.ts`; `UPDATE_DOCS=1 npm test` writes it anew. What is over a limit',
    'is refused with 400, 413 or 414, and the message has the number. A render that passes `renderMilliseconds` is 504, one that',
    'passes `renderBytes` is 503. Nothing is cut or changed silently.',
    '',
    '| limit | value | meaning |',
    '|---|---:|---|',
    ...rows,
    '',
  ].join('\n');
}

describe('docs/limits.md', () => {
  it('says what the code enforces', () => {
    if (process.env.UPDATE_DOCS) writeFileSync(page, limitsPage());

    expect(readFileSync(page, 'utf8')).toBe(limitsPage());
  });

  it('lists no limit that nothing enforces', () => {
    const code = sourcesIn('lambda')
      .filter((file) => file !== 'lambda/contract/limits.ts')
      .map(textOf)
      .join();

    // The edge functions import a limit alone, as a constant.
    const constant = (name: string) => name.replace(/[A-Z]/g, '_$&').toUpperCase();
    const isUsed = (name: string) => code.includes(`LIMITS.${name}`) || code.includes(constant(name));
    expect(Object.keys(LIMITS).filter((name) => !isUsed(name))).toEqual([]);
  });
});
