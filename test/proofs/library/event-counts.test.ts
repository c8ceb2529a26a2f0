import { expect, test } from 'vitest';
import { countsOf, sumsOf } from '../../../proofs/library/event-counts.ts';

const once = countsOf(['file.updated', 'file.moved']);
const twice = countsOf(['file.updated', 'file.updated', 'file.moved']);

test('events of one client are counted by their actions, those that nobody counts left out', () => {
  expect(countsOf(['folder.created', 'file.moved', 'file.updated'])).toBe(once);
  expect(once).toContain('file.moved 1, file.updated 1, file.trashed 0');
});

test('a change that happened once or twice may have one event or two, beside those of other clients', () => {
  const sums = sumsOf([[once], [once, twice]]);

  expect([...sums]).toEqual([
    countsOf(['file.updated', 'file.moved', 'file.updated', 'file.moved']),
    countsOf(['file.updated', 'file.moved', 'file.updated', 'file.updated', 'file.moved']),
  ]);
  expect(sums.has(countsOf(['file.updated', 'file.moved', 'file.moved']))).toBe(false);
});

test('of no client there are no events', () => {
  expect([...sumsOf([])]).toEqual([countsOf([])]);
});
