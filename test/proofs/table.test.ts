import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROOFS } from '../../proofs/table.ts';
import { ROOT } from '../architecture/sources.ts';

it('names every proof once, like the file that it is in', () => {
  const names = PROOFS.map(({ name }) => name);

  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !existsSync(join(ROOT, 'proofs', `${name}.ts`)))).toEqual([]);
});

/** The small size of the attacks is told attack by attack: `test/attacks/catalogue.test.ts`. */
it('has each proof run in its small size', () => {
  const proofs = PROOFS.filter(({ name }) => name !== 'attacks');

  expect(proofs.filter(({ name }) => !existsSync(join(ROOT, 'test/proofs/small', `${name}.test.ts`)))).toEqual([]);
});

it.each(PROOFS)('tells what $name is in one sentence, and tries more in the full size', ({ sentence, small, full }) => {
  expect(sentence).toMatch(/^[A-Z].*[^.]\.$/);
  expect(Object.keys(full)).toEqual(Object.keys(small));
  expect(Object.entries(small).filter(([what, size]) => size > (full[what] ?? 0))).toEqual([]);
});
