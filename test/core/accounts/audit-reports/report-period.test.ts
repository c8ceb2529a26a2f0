import { describe, expect, it } from 'vitest';
import type { ReportFrequency } from '../../../../lambda/core/accounts/audit-reports/audit-report.ts';
import { duePeriod } from '../../../../lambda/core/accounts/audit-reports/report-period.ts';

const CREATED = '2026-01-01T00:00:00.000Z';
const due = (frequency: ReportFrequency, now: string, sentUntil?: string) =>
  duePeriod({ frequency, createdAt: CREATED, ...(sentUntil !== undefined && { sentUntil }) }, Date.parse(now));

describe('the period of a report', () => {
  it.each([
    ['daily', '2026-11-29T05:00:00Z', '2026-11-28', '2026-11-29'],
    ['daily', '2026-03-01T00:00:00Z', '2026-02-28', '2026-03-01'],
    // 29 November 2026 is a Sunday.
    ['weekly', '2026-11-29T05:00:00Z', '2026-11-16', '2026-11-23'],
    ['weekly', '2026-11-30T00:00:00Z', '2026-11-23', '2026-11-30'],
    ['monthly', '2026-11-29T05:00:00Z', '2026-10-01', '2026-11-01'],
    ['monthly', '2027-01-01T00:00:00Z', '2026-12-01', '2027-01-01'],
  ] as const)('that is sent %s is, at %s, from %s to %s', (frequency, now, from, to) => {
    expect(due(frequency, now)).toEqual({ from: `${from}T00:00:00.000Z`, to: `${to}T00:00:00.000Z` });
  });

  it('is due once, and again when the next one is over', () => {
    const first = due('daily', '2026-11-29T05:00:00Z');

    expect(due('daily', '2026-11-29T23:59:00Z', first?.to)).toBeUndefined();
    expect(due('daily', '2026-11-30T05:00:00Z', first?.to)?.from).toBe(first?.to);
  });

  it('was not over when the report was made', () => {
    const now = Date.parse('2026-11-29T05:00:00Z');

    expect(duePeriod({ frequency: 'daily', createdAt: '2026-11-29T01:00:00.000Z' }, now)).toBeUndefined();
    expect(duePeriod({ frequency: 'daily', createdAt: '2026-11-28T23:00:00.000Z' }, now)).toBeDefined();
  });
});
