import { describe, expect, it } from 'vitest';
import { pairedRatio } from '../../../benchmarks/against/paired-ratio.ts';

describe('the ratio of paired rounds', () => {
  it('is exact when every round says the same, however slow the round was', () => {
    const { ratio, low, high } = pairedRatio([
      [10, 11],
      [20, 22],
      [70, 77],
    ]);

    for (const value of [ratio, low, high]) expect(value).toBeCloseTo(1.1, 10);
  });

  it('has Student’s interval of the logarithms', () => {
    // Logarithms 0, ln 2 and 2 ln 2: mean ln 2, standard error ln 2 / √3, and t is 4.303 for two degrees of freedom.
    const { ratio, low, high } = pairedRatio([
      [1, 1],
      [1, 2],
      [1, 4],
    ]);

    expect(ratio).toBeCloseTo(2, 10);
    expect(low).toBeCloseTo(2 / 2 ** (4.303 / Math.sqrt(3)), 10);
    expect(high).toBeCloseTo(2 * 2 ** (4.303 / Math.sqrt(3)), 10);
  });

  it('is refused for what has none', () => {
    expect(() => pairedRatio([[1, 1]])).toThrow('at least two rounds');
    expect(() =>
      pairedRatio([
        [0, 1],
        [1, 1],
      ]),
    ).toThrow('have no ratio');
    expect(() =>
      pairedRatio([
        [1, Number.NaN],
        [1, 1],
      ]),
    ).toThrow('have no ratio');
  });
});
