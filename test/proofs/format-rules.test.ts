import { expect, it } from 'vitest';
import { PROBLEMS } from '../../lambda/core/kernel/problems.ts';
import { formatRules } from '../../proofs/corpus/format-rules.ts';

it('finds the section that names a code first', () => {
  const page = '# P\n\n`a.before`\n\n## One\n\n`a.b` and `a.c-d`, `w-100`\n\n## Two\n\n`a.b`, `e.f`\n';

  expect([...formatRules(page)]).toEqual([
    ['a.b', 'One'],
    ['a.c-d', 'One'],
    ['e.f', 'Two'],
  ]);
});

it('knows why every kind of file is refused', () => {
  const ofFiles = Object.keys(PROBLEMS).filter((code) =>
    /^source\.|^upload\.(not-an-image|broken-image|type)/.test(code),
  );

  expect([...formatRules().keys()]).toEqual(expect.arrayContaining(ofFiles));
});
