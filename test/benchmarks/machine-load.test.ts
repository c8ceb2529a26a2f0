import { expect, it } from 'vitest';
import { rowsOf, withoutRatios } from '../../benchmarks/machine-load.ts';
import { table } from '../../benchmarks/measure.ts';
import { scoreIn } from '../../benchmarks/score.ts';

const told = table(['CPU', 'ms', 'of the floor', 'interval'], [['ours, 2.0x', '12.5', '1.12x', '1.05 to 1.20']]);

it('leaves ratios out of a table, and nothing else', () => {
  expect(withoutRatios(told)).toBe(told.replace('1.12x', 'not told').replace('1.05 to 1.20', 'not told'));
});

it('reads a table into rows', () => {
  expect(rowsOf(told)).toEqual([{ CPU: 'ours, 2.0x', ms: '12.5', 'of the floor': '1.12x', interval: '1.05 to 1.20' }]);
  expect(rowsOf('Resize: not measured.')).toEqual([]);
});

it.each([
  ['81.25384\n', 81.253_84],
  ['Score: -3.5\n', -3.5],
  ['no score', Number.NaN],
])('reads a score in %j', (printed, score) => expect(scoreIn(printed)).toBe(score));
