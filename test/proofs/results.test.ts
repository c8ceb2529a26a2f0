import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { Proof } from '../../proofs/proof.ts';
import { keepResult, revision } from '../../proofs/results.ts';

const folder = mkdtempSync(join(tmpdir(), 'vitrine-results-'));

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const proof: Proof = {
  name: 'sums',
  sentence: 'Sums are right.',
  small: { sums: 1 },
  full: { sums: 9 },
  run: async () => ({}),
};

it('keeps every result with its date, commit, seed, size, counts and duration', () => {
  const result = { commit: 'abc', seed: 7, parameters: proof.full, counts: { right: 9, wrong: 0 }, seconds: 61.4 };

  keepResult(proof, result, new Date('2026-02-03T04:05:06Z'), folder);
  keepResult(proof, { ...result, seed: 8 }, new Date('2026-02-04T04:05:06Z'), folder);

  const lines = readFileSync(join(folder, 'sums.md'), 'utf8').trimEnd().split('\n');
  expect(lines.slice(0, 3)).toEqual(['# sums', '', 'Sums are right.']);
  expect(lines.slice(-2)).toEqual([
    '| 2026-02-03 04:05 | abc | 7 | sums: 9 | right: 9, wrong: 0 | 61 |',
    '| 2026-02-04 04:05 | abc | 8 | sums: 9 | right: 9, wrong: 0 | 61 |',
  ]);
});

it('knows which commit is run', () => {
  expect(revision()).toMatch(/^[0-9a-f]{12}( with changes)?$/);
});
