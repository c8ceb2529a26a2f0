import { describe, expect, it } from 'vitest';
import { cost } from '../../../cli/cost/cost.ts';

function run(...args: string[]) {
  let text = '';
  const code = cost(args, (more) => (text += more));
  return { code, text };
}

/** Dollars of a printed row, and what they are for. */
const rowsOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => ({ cents: Math.round(Number.parseFloat(line) * 100), what: line.trim().replace(/^\S+\s+/, '') }));

describe('vitrine cost', () => {
  it('prints rows that sum to the total, and what others would ask', () => {
    const { code, text } = run('--requests', '100e6', '--hit', '0.9');
    const rows = rowsOf(text);
    const total = rows.findIndex(({ what }) => what.startsWith('a month'));
    const sum = rows.slice(0, total).reduce((cents, row) => cents + row.cents, 0);

    expect(code).toBe(0);
    // Each row is rounded to a cent.
    expect(Math.abs(sum - (rows[total]?.cents ?? 0))).toBeLessThanOrEqual(total / 2);
    expect(rows.slice(total + 1).map(({ what }) => what)).toEqual([
      'ImageKit, by its public prices',
      'imgix, by its public prices',
    ]);
  });

  it('prints a month without traffic when nothing is asked', () => {
    const { code, text } = run();

    expect(code).toBe(0);
    expect(text).toMatch(/a month without traffic, profile guarded\n.*a million calls of the API/s);
    expect(text).not.toContain('data sent to viewers');
  });

  it.each([
    ['--hit', '1.5', '--hit takes a number from 0 to 1, not "1.5".'],
    ['--requests', 'many', '--requests takes a number from 0 to 9007199254740991, not "many".'],
    ['--uploads', '', '--uploads takes a number from 0 to 9007199254740991, not "".'],
  ])('refuses %s %j with the allowed values', (name, value, sentence) => {
    const { code, text } = run(name, value);

    expect([code, text.split('\n')[0]]).toEqual([2, sentence]);
  });
});
