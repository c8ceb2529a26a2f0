import { describe, expect, it } from 'vitest';
import { createWebAcl, type Statement } from '../../../local/waf/web-acl.ts';

const SETS = new Map([
  ['v4', { Addresses: ['192.0.2.0/24'] }],
  ['v6', { Addresses: ['2001:db8::/32'] }],
]);

function acl(statement: Statement, now: () => Date = () => new Date(0)) {
  const rules = [{ Name: 'rule', Priority: 0, Statement: statement, Action: { Block: {} } }];
  return createWebAcl({ DefaultAction: { Allow: {} }, Rules: rules }, SETS, { now });
}

const from = (ip: string, country?: string) => ({
  ip,
  method: 'GET',
  uri: '/',
  query: '',
  headers: {},
  ...(country && { country }),
});

describe('the local web ACL', () => {
  it('blocks addresses of a set, of both families', () => {
    expect(acl({ IPSetReferenceStatement: { Arn: 'v4' } }).decide(from('192.0.2.7')).action).toBe('block');
    expect(acl({ IPSetReferenceStatement: { Arn: 'v4' } }).decide(from('2001:db8::1')).action).toBe('allow');
    expect(acl({ IPSetReferenceStatement: { Arn: 'v6' } }).decide(from('2001:db8::1')).action).toBe('block');
  });

  it('blocks countries where the country is known', () => {
    const rules = acl({ GeoMatchStatement: { CountryCodes: ['XX'] } });

    expect(rules.decide(from('198.51.100.1', 'XX')).action).toBe('block');
    expect(rules.decide(from('198.51.100.1')).action).toBe('allow');
  });

  it('blocks an address above its rate until the window has passed', () => {
    let now = 0;
    const rules = acl({ RateBasedStatement: { Limit: 10, EvaluationWindowSec: 60 } }, () => new Date(now));
    const verdicts = Array.from({ length: 11 }, () => rules.decide(from('198.51.100.1')).action);

    expect(verdicts.filter((action) => action === 'block')).toHaveLength(1);
    expect(rules.decide(from('198.51.100.2')).action).toBe('allow');
    now = 200_000;
    expect(rules.decide(from('198.51.100.1')).action).toBe('allow');
  });

  it('combines statements and lists what only AWS can evaluate', () => {
    const inSet = { IPSetReferenceStatement: { Arn: 'v4' } };
    const inCountry = { GeoMatchStatement: { CountryCodes: ['XX'] } };

    expect(acl({ NotStatement: { Statement: inSet } }).decide(from('198.51.100.1')).action).toBe('block');
    expect(acl({ AndStatement: { Statements: [inSet, inCountry] } }).decide(from('192.0.2.1')).action).toBe('allow');
    expect(acl({ OrStatement: { Statements: [inSet, inCountry] } }).decide(from('192.0.2.1')).action).toBe('block');
    expect(acl({ ManagedRuleGroupStatement: { Name: 'AWS' } }).notEvaluated).toEqual(['rule']);
  });
});
