import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { idleCost, sumOf } from '../../../lib/cost/idle-cost.ts';
import { PRICES } from '../../../lib/cost/prices.ts';
import { vitrineApp } from '../vitrine-fixture.ts';

/** Lines of the bill of a deployment as its templates are. */
function billOf(vitrine: Record<string, unknown>) {
  const app = vitrineApp({ vitrine });
  return idleCost([...app.regions, app.edge].map((stack) => Template.fromStack(stack).toJSON()));
}

describe('a month without traffic', () => {
  it('costs less than $2 in the profile small, free tiers left out', () => {
    const bill = billOf({ profile: 'small' });

    expect(sumOf(bill)).toBeLessThan(2);
    expect(sumOf(bill)).toBeGreaterThan(1.4);
    expect(bill.map(({ what }) => what)).toEqual([
      '1 keys of KMS',
      '1 secrets',
      '2 runs of every minute',
      '3 encryption of tables',
      '1 comparison of edge settings',
    ]);
  });

  it('costs two web ACLs, their rules, seals of the audit log and alarms more in the profile guarded', () => {
    const small = sumOf(billOf({ profile: 'small' }));
    const guarded = sumOf(billOf({ profile: 'guarded' }));

    // Three of the audit log, eleven of the region, three of the edge, and four with a band.
    const alarms = (3 + 11 + 3 + 4 * 3) * PRICES.alarm.dollars;
    const webAcls = 2 * PRICES.webAcl.dollars + (7 + 3) * PRICES.webAclRule.dollars;
    expect(guarded - small).toBeCloseTo(webAcls + PRICES.kmsKey.dollars + alarms, 5);
    expect(guarded).toBeGreaterThan(24);
    expect(guarded).toBeLessThan(26);
  });

  it('costs eight metrics and six alarms more with a backup', () => {
    const backup = { destinations: { 'eu-west-1': { bucket: 'acme-backup' } } };

    const more = sumOf(billOf({ backup })) - sumOf(billOf({}));
    expect(more).toBeCloseTo(8 * PRICES.metric.dollars + 6 * PRICES.alarm.dollars, 5);
    expect(billOf({ profile: 'small', backup })).toEqual(billOf({ profile: 'small' }));
  });

  it('costs two dashboards more where they are asked for', () => {
    const more = sumOf(billOf({ dashboards: true })) - sumOf(billOf({}));

    expect(more).toBeCloseTo(2 * PRICES.dashboard.dollars, 5);
  });

  it('costs a rule more with blocked countries, and a secret, its runs and the web ACL of its API more in a second region', () => {
    const one = sumOf(billOf({}));

    expect(sumOf(billOf({ blockedCountries: ['AQ'] })) - one).toBeCloseTo(1, 5);
    expect(sumOf(billOf({ regions: ['eu-west-1', 'us-west-2'] })) - one).toBeGreaterThan(8.4);
  });
});

it('each price says where and when it was read', () => {
  for (const { source, date, dollars } of Object.values(PRICES)) {
    expect(source.length).toBeGreaterThan(10);
    expect(date).toMatch(/^2026(-\d\d){0,2}$/);
    expect(dollars).toBeGreaterThan(0);
  }
});
