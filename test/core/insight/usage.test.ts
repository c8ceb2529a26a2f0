import { expect, test } from 'vitest';
import type { CountedUsage, TimeSpan } from '../../../lambda/core/insight/usage.ts';
import { accountUsage, spanOf } from '../../../lambda/core/insight/usage.ts';
import { usageAnalytics } from '../../../lambda/core/insight/usage-analytics.ts';

const asked: TimeSpan[] = [];
const counted: CountedUsage = {
  traffic: async (span) => {
    asked.push(span);
    return { bytes: 10, requests: 2 };
  },
  storedBytes: async () => undefined,
};
const at = (day: string) => Date.parse(`${day}T00:00:00Z`);

test('the usage of a period leaves its last day out, its analytics do not', async () => {
  const period = { startDate: '2026-11-01', endDate: '2026-11-03' };

  const usage = await accountUsage(counted, period);
  const analytics = await usageAnalytics({ ...counted, clock: () => at('2026-11-05') }, period);

  expect(asked).toEqual([
    { from: at('2026-11-01'), to: at('2026-11-03') },
    { from: at('2026-11-01'), to: at('2026-11-04') },
  ]);
  expect(usage).toMatchObject({ bandwidthBytes: 10, mediaLibraryStorageBytes: 0 });
  expect(analytics).toMatchObject({
    ...period,
    bandwidthBytes: 10,
    requestCount: 2,
    generatedAt: '2026-11-05T00:00:00.000Z',
  });
});

test('what nobody counts is 0 or empty, and named', async () => {
  const period = { startDate: '2026-11-01', endDate: '2026-11-03' };
  const usage = await accountUsage(counted, period);
  const analytics = await usageAnalytics({ ...counted, clock: Date.now }, period);

  for (const name of usage.notCounted) expect(usage[name]).toBe(0);
  for (const name of analytics.notCounted) {
    const values = Object.values((analytics as never)[name] as object).flat();
    expect(values.filter((value) => value !== 0)).toEqual([]);
  }
});

test.each([
  ['2026-11-01', '2026-11-01', 'startDate must be before endDate.'],
  ['2026-11-02', '2026-11-01', 'startDate must be before endDate.'],
  ['2026-01-01', '2026-04-01', 'startDate and endDate may be at most 89 days apart.'],
])('%s to %s is refused', (startDate, endDate, message) => {
  expect(() => spanOf({ startDate, endDate }, 'excluded')).toThrow(message);
});

test('89 days are a period', () => {
  expect(spanOf({ startDate: '2026-01-01', endDate: '2026-03-31' }, 'excluded').to).toBe(at('2026-03-31'));
});
