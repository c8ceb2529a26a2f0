import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPlan } from '../../../lambda/core/plan/format-plan.ts';
import { readPlan } from '../../../lambda/core/plan/read-plan.ts';
import { arbitraryPlan, arbitrarySteps } from './arbitrary-steps.ts';

describe('the canonical text of a plan', () => {
  it('stands in the order of the table, with the last of repeated keys and one form of each value', () => {
    const plan = readPlan([
      ['bg-Red', 'h-9', 'w-2', 'w-8.0', 'e-sharpen'],
      ['rt--90', 'fl-v_h', 'f-jpeg', 'e-contrast-'],
    ]);

    expect(formatPlan(plan)).toEqual([
      ['w-8', 'h-9', 'e-sharpen-50', 'bg-FF0000'],
      ['rt-N90', 'fl-h_v', 'e-contrast', 'f-jpg'],
    ]);
  });

  it('puts output settings into the last step, or into one of their own', () => {
    expect(formatPlan(readPlan([['f-png'], ['w-1'], ['h-2']]))).toEqual([['w-1'], ['h-2', 'f-png']]);
    expect(formatPlan(readPlan([['q-5', 'f-auto']]))).toEqual([['q-5']]);
    expect(formatPlan(readPlan([['orig', 'w-5']]))).toEqual([['orig-true']]);
    expect(formatPlan(readPlan([]))).toEqual([]);
  });

  it('is read as the same plan again', () => {
    fc.assert(
      fc.property(arbitraryPlan, (plan) => {
        expect(readPlan(formatPlan(plan))).toEqual({ ...plan, ignored: [] });
      }),
    );
  });

  it('is canonical: the same for all orders of the same items', () => {
    fc.assert(
      fc.property(arbitrarySteps, (steps) => {
        const once = formatPlan(readPlan(steps));
        const reversed = once.map((step) => [...step].reverse());

        expect(formatPlan(readPlan(reversed))).toEqual(once);
      }),
    );
  });
});
