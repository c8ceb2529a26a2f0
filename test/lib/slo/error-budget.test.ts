import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  alarmPercent,
  budgetLeft,
  burnRateOf,
  errorBudgetPercent,
  failuresAllowed,
  minutesAllowed,
} from '../../../lib/slo/error-budget.ts';
import { objectiveOf, readServiceLevels } from '../../../lib/slo/read-service-levels.ts';

const THREE_NINES = { percent: 99.9 };

describe('the error budget', () => {
  it('of three nines is a thousandth: 43.2 minutes in 30 days, 1,000 of a million requests', () => {
    expect(errorBudgetPercent(THREE_NINES)).toBe(0.1);
    expect(minutesAllowed(THREE_NINES, 30)).toBe(43.2);
    expect(failuresAllowed(THREE_NINES, 1_000_000)).toBe(1000);
    expect(failuresAllowed(THREE_NINES, 999)).toBe(0);
  });

  it('is what failures leave of it, and overdrawn below zero', () => {
    expect(budgetLeft(THREE_NINES, 1_000_000, 0)).toBe(100);
    expect(budgetLeft(THREE_NINES, 1_000_000, 250)).toBe(75);
    expect(budgetLeft(THREE_NINES, 1_000_000, 1500)).toBe(-50);
    expect(budgetLeft(THREE_NINES, 0, 0)).toBe(100);
  });

  it('goes 14.4 times too fast when 2 % of it go in an hour of 30 days, which is 1.44 % of failures', () => {
    const fast = { hours: 1, budgetPercent: 2 };

    expect(burnRateOf(fast, 30)).toBe(14.4);
    expect(alarmPercent(THREE_NINES, fast, 30)).toBe(1.44);
    expect(alarmPercent({ percent: 50 }, fast, 30)).toBe(100);
  });

  it('that burns at rate 1 is used up exactly at the end', () => {
    const objectives = fc.integer({ min: 9000, max: 9999 }).map((number) => ({ percent: number / 100 }));

    fc.assert(
      fc.property(objectives, fc.integer({ min: 1, max: 90 }), (objective, days) => {
        const whole = { hours: days * 24, budgetPercent: 100 };
        expect(burnRateOf(whole, days)).toBe(1);
        expect(alarmPercent(objective, whole, days)).toBe(errorBudgetPercent(objective));
      }),
    );
  });

  it('is never used up by as many failures as are allowed, and by one more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (requests) => {
        const allowed = failuresAllowed(THREE_NINES, requests);
        expect(budgetLeft(THREE_NINES, requests, allowed)).toBeGreaterThanOrEqual(0);
        expect(budgetLeft(THREE_NINES, requests, allowed + 1)).toBeLessThan(0);
      }),
    );
  });
});

describe('docs/slo.json', () => {
  it('has objectives that make sense', () => {
    expect(objectiveOf(readServiceLevels(), 'media').percent).toBeLessThan(100);
  });

  it('is refused with a promise of everything, or a window of no time', () => {
    const levels = readServiceLevels();
    const withPercent = (percent: number) =>
      JSON.stringify({ ...levels, objectives: levels.objectives.map((one) => ({ ...one, percent })) });

    expect(() => readServiceLevels(withPercent(100))).toThrow('media, api, renders must be above 0');
    expect(() => readServiceLevels(JSON.stringify({ ...levels, days: 0 }))).toThrow('days must be above 0');
    expect(() => objectiveOf(levels, 'mail')).toThrow('no objective mail');
  });
});
