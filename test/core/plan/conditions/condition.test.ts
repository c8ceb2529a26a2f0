import { describe, expect, it } from 'vitest';
import { holds, readCondition, writeCondition } from '../../../../lambda/core/plan/conditions/condition.ts';

const SIZES = { w: 300, h: 200, ar: 1.5, iw: 640, ih: 480, iar: 4 / 3 };

function isTrue(text: string): boolean {
  const condition = readCondition(text);
  if (!condition) throw new Error(`${text} is no condition`);
  return holds(condition, SIZES);
}

describe('a condition', () => {
  it.each([
    'w_eq_300',
    'w_ne_301',
    'w_gt_299',
    'w_gte_300',
    'h_lt_201',
    'h_lte_200',
    'ar_eq_3-2',
    'iar_eq_4-3',
    'iar_gt_1.33',
    'w_gt_1000_or_h_eq_200',
    'w_gt_1000_and_h_eq_1_or_ih_eq_480',
  ])('%s holds', (text) => {
    expect(isTrue(text)).toBe(true);
  });

  it.each(['w_eq_301', 'w_gt_300', 'h_lt_200', 'w_eq_300_and_h_eq_1', 'w_gt_1000_or_h_eq_200_and_iw_eq_1'])(
    '%s does not',
    (text) => {
      expect(isTrue(text)).toBe(false);
    },
  );

  it.each(['', 'w', 'w_gt', 'w_gt_', 'x_gt_3', 'w_is_3', 'w_gt_3_and_', 'w_gt_N3', 'w_gt_1e3', 'w_gt_iw', 'ar_eq_0'])(
    '%s is none',
    (text) => {
      expect(readCondition(text)).toBeUndefined();
    },
  );

  it('is written in one form', () => {
    expect(writeCondition(readCondition('ar_eq_4_3_and_w_gt_03.50_or_ih_lte_7') as never)).toBe(
      'ar_eq_4-3_and_w_gt_3.5_or_ih_lte_7',
    );
  });
});
