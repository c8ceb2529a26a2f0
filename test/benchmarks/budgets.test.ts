import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { beyond, readBudgets } from '../../benchmarks/budgets.ts';
import { median } from '../../benchmarks/measure.ts';
import { benchmarkPhotos } from '../../benchmarks/photos.ts';
import { render } from '../../lambda/core/render/render.ts';
import { idleCost, sumOf } from '../../lib/cost/idle-cost.ts';
import { plan, px } from '../core/render/plans.ts';
import { vitrineApp } from '../lib/vitrine-fixture.ts';
import { processorMilliseconds } from '../processor-time.ts';

/* docs/budgets.json: what a release may not go beyond. Whoever raises a budget says why in the same change. */
const { renders, idleDollars } = readBudgets();

/** The middle of so many renders is compared. */
const ROUNDS = 3;

describe('a picture of each size', () => {
  let photo: Uint8Array;

  beforeAll(async () => {
    photo = (await benchmarkPhotos()).find(({ name }) => name.includes('12mp'))?.bytes as Uint8Array;
    await render(photo, plan([{ width: px(100) }]), 'webp');
  }, 60_000);

  it.each(renders)(
    '$sizeClass ($width pixels) stays within its processor time and bytes',
    // A machine that is busy with other work may meet the render's own deadline.
    { timeout: 60_000, retry: 2 },
    async (budget) => {
      const times: number[] = [];
      let bytes = 0;
      for (let round = 0; round < ROUNDS; round++) {
        times.push(
          await processorMilliseconds(async () => {
            const made = await render(
              photo,
              plan([{ width: px(budget.width) }], { format: budget.format }),
              budget.format,
            );
            expect(made.width).toBe(budget.width);
            bytes = made.bytes.byteLength;
          }),
        );
      }
      const measured = { cpuMilliseconds: median(times), bytes };
      if (process.env.PRINT_BUDGETS) console.log(budget.sizeClass, measured);

      expect(beyond(budget, measured)).toEqual([]);
      // A budget that nothing comes near keeps nothing.
      expect(measured.bytes).toBeGreaterThan(budget.bytes / 4);
    },
  );
});

it.each(['small', 'guarded'] as const)(
  'a month without traffic in the profile %s stays within its dollars',
  (profile) => {
    const app = vitrineApp({ vitrine: { profile } });
    const dollars = sumOf(idleCost([...app.regions, app.edge].map((stack) => Template.fromStack(stack).toJSON())));

    expect(dollars).toBeLessThanOrEqual(idleDollars[profile]);
    expect(dollars).toBeGreaterThan(idleDollars[profile] / 2);
  },
);

it('what goes beyond a budget is said with both numbers', () => {
  const budget = { sizeClass: 'card', width: 640, format: 'webp', cpuMilliseconds: 100, bytes: 1000 } as const;

  expect(beyond(budget, { cpuMilliseconds: 100, bytes: 1000 })).toEqual([]);
  expect(beyond(budget, { cpuMilliseconds: 100.6, bytes: 1001 })).toEqual([
    'card: 101 ms of processor time; allowed: 100',
    'card: 1001 bytes; allowed: 1000',
  ]);
});
