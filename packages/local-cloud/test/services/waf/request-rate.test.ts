import { describe, expect, it } from 'vitest';
import { RequestRate } from '../../../src/services/waf/request-rate.ts';
import { createWebAcl } from '../../../src/services/waf/web-acl.ts';

const request = { ip: '198.51.100.1', method: 'GET', uri: '/', query: '', headers: {} };

function limited(more: object = {}) {
  let now = 0;
  const Statement = { RateBasedStatement: { Limit: 10, EvaluationWindowSec: 60, ...more } };
  const rules = [{ Name: 'rate', Priority: 0, Statement, Action: { Block: {} } }];
  const acl = createWebAcl({ DefaultAction: { Allow: {} }, Rules: rules }, new Map(), { now: () => new Date(now) });
  return {
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    blockedOf: (count: number, more: object = {}) =>
      Array.from({ length: count }, () => acl.decide({ ...request, ...more })).filter(
        ({ action }) => action === 'block',
      ).length,
  };
}

describe('a rate rule', () => {
  it('blocks an address above its limit, others not, until the window has passed', () => {
    const { blockedOf, pass } = limited();

    expect(blockedOf(12)).toBe(2);
    expect(blockedOf(5, { ip: '2001:db8::1' })).toBe(0);
    pass(30_000);
    expect(blockedOf(1)).toBe(1);
    pass(120_000);
    expect(blockedOf(10)).toBe(0);
  });

  it('begins anew when the clock is put back', () => {
    const { blockedOf, pass } = limited();
    pass(3_600_000);
    expect(blockedOf(12)).toBe(2);

    pass(-3_600_000);

    expect(blockedOf(10)).toBe(0);
    expect(blockedOf(2)).toBe(2);
  });

  it('looks at the last window, not at one that begins anew', () => {
    const { blockedOf, pass } = limited();
    blockedOf(10);
    pass(61_000);

    expect(blockedOf(5)).toBeGreaterThan(0);
  });

  it('counts only what it is scoped to', () => {
    const { blockedOf } = limited({
      ScopeDownStatement: {
        ByteMatchStatement: {
          FieldToMatch: { UriPath: {} },
          PositionalConstraint: 'STARTS_WITH',
          SearchString: '/api/',
          TextTransformations: [{ Priority: 0, Type: 'NONE' }],
        },
      },
    });

    expect([blockedOf(50), blockedOf(11, { uri: '/api/x' }), blockedOf(1)]).toEqual([0, 1, 0]);
  });

  it('counts a bounded number of addresses: a flood of new ones is not remembered', () => {
    const rate = new RequestRate(10, 60_000);
    for (let i = 0; i < 100_000; i++) rate.isAbove(`flood ${i}`, 0);
    const askTwentyTimes = (address: string) => Array.from({ length: 20 }, () => rate.isAbove(address, 0)).at(-1);

    expect([askTwentyTimes('flood 7'), askTwentyTimes('one more')]).toEqual([true, false]);
  });
});
