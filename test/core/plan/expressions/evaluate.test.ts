import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../../lambda/core/plan/expressions/evaluate.ts';
import { readExpression, writeExpression } from '../../../../lambda/core/plan/expressions/expression.ts';

const SIZES = { iw: 640, ih: 860, cw: 300, ch: 200, bw: 1000, bh: 500 };

function value(text: string): number | undefined {
  const expression = readExpression(text);
  return expression && evaluate(expression, SIZES);
}

describe('arithmetic', () => {
  it.each([
    ['iw', 640],
    ['iw_div_2', 320],
    ['bw_sub_cw_div_2', 850],
    ['100_add_20_mul_3', 160],
    ['ih_div_iw_mul_100', 134.375],
    ['10_sub_4_sub_3', 3],
    ['100_div_10_div_2', 5],
  ])('%s is %d', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it('takes remainders after sums and powers last, which is not the ordinary precedence', () => {
    expect(value('7_add_5_mod_5')).toBe(2);
    expect(value('2_add_1_pow_2')).toBe(9);
    expect(value('2_pow_3_mul_2')).toBe(64);
    expect(value('2_pow_3_pow_2')).toBe(64);
    expect(value('10_mod_4_pow_2')).toBe(4);
  });

  it('has no result when it divides by zero, overflows or names what is not there', () => {
    expect(value('iw_div_0')).toBeUndefined();
    expect(value('10_pow_1000')).toBeUndefined();
    expect(value('iw_mod_0')).toBeUndefined();
    expect(value('idn')).toBeUndefined();
  });

  it.each(['iw_', '_iw', 'iw_plus_2', 'iw_div', 'iw_div_N2', 'iw_div_2_', 'div_2', '', `iw${'_add_1'.repeat(20)}`])(
    '%s is no expression',
    (text) => {
      expect(readExpression(text)).toBeUndefined();
    },
  );

  it('is written as it was read', () => {
    for (const text of ['iw', 'iw_div_2', '0.5_mul_bh_add_10']) {
      expect(writeExpression(readExpression(text) as never)).toBe(text);
    }
  });
});
