import { expect, test } from 'vitest';
import { countsOf, possibleCounts } from '../../../proofs/library/event-counts.ts';

const once = ['file.updated', 'file.moved'];
const twice = ['file.updated', 'file.updated', 'file.moved'];

test('changes are counted by their actions, those that nobody counts left out', () => {
  expect(countsOf(['folder.created', 'file.moved', 'file.updated'])).toBe(countsOf(once));
  expect(countsOf(once)).toContain('file.moved 1, file.updated 1, file.trashed 0');
});

test('a change that happened once or twice may have one event or two, beside those of other clients', () => {
  const possible = possibleCounts([[once], [once, twice], [twice, once]]);

  expect([...possible].sort()).toEqual(
    [
      [...once, ...once, ...once],
      [...once, ...once, ...twice],
      [...once, ...twice, ...twice],
    ]
      .map(countsOf)
      .sort(),
  );
});

test('of no client there are no events', () => {
  expect([...possibleCounts([])]).toEqual([countsOf([])]);
});
