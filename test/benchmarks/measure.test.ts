import { expect, it } from 'vitest';
import { median } from '../../benchmarks/measure.ts';

it('has the middle of an odd count, and lies between the two in the middle of an even one', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 7])).toBe(6);
  expect(median([3])).toBe(3);
  expect(median([])).toBeNaN();
});
