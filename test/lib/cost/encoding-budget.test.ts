import { expect, it } from 'vitest';
import { encodingBudget } from '../../../lib/cost/encoding-budget.ts';

it('prices a second and a store in bytes that CloudFront sends for the money', () => {
  expect(encodingBudget('normal', 1769)).toEqual({
    level: 'normal',
    // 1769 / 1024 GB at $0.0000133334 a GB-second, at $0.085 a GB sent.
    bytesOfSecond: 270_988,
    // A PUT, a GET and a call of the function.
    bytesOfStore: 65_882,
  });
});

it('makes a second dearer with the memory', () => {
  expect(encodingBudget('most', 3538).bytesOfSecond).toBe(2 * 270_988);
});
