import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../lambda/contract/limits.ts';
import { readRule } from '../../../../lambda/core/protection/rules/read-rule.ts';
import { NOW } from './memory-rules.ts';

const RULE = { effect: 'block', match: { type: 'country', values: ['de'] }, reason: 'sanctions' };

const read = (changes: object) => readRule({ ...RULE, ...changes }, NOW);
const matcher = (match: object) => read({ match }).matcher;

describe('readRule', () => {
  it('reads a rule with its defaults', () => {
    expect(read({})).toEqual({
      scope: 'global',
      effect: 'block',
      matcher: { type: 'country', codes: ['DE'] },
      reason: 'sanctions',
      author: 'private key',
    });
  });

  it('brings times to UTC', () => {
    expect(read({ startsAt: '2026-12-01T00:00:00+02:00', endsAt: '2026-12-02T00:00:00Z' })).toMatchObject({
      startsAt: '2026-11-30T22:00:00.000Z',
      endsAt: '2026-12-02T00:00:00.000Z',
    });
  });

  it('reads every kind', () => {
    expect(matcher({ type: 'ip', values: ['192.0.2.0/24', '2001:db8::/32'] })).toMatchObject({ type: 'ip' });
    expect(
      matcher({ type: 'referrer', values: ['WWW.Example.com', '*.bücher.example'], withoutReferrer: 'allow' }),
    ).toEqual({ type: 'referrer', hosts: ['www.example.com', '*.xn--bcher-kva.example'], withoutReferrer: 'allow' });
    expect(matcher({ type: 'urlPattern', values: ['/A/***/b?.JPG'] })).toEqual({
      type: 'urlPattern',
      patterns: ['/a/**/b?.jpg'],
    });
  });

  it.each<[string, object, RegExp]>([
    ['an unknown member', { until: 'x' }, /no member "until"/],
    ['no effect', { effect: 'deny' }, /block or allow/],
    ['no reason', { reason: ' ' }, /reason must be a text of 1 to 500/],
    ['a reason of two lines', { reason: 'a\nb' }, /one line/],
    ['a scope that is no id', { scope: 'a:b' }, /scope/],
    ['a time without an offset', { endsAt: '2026-12-01T00:00:00' }, /endsAt must be a time/],
    ['a time that is none', { endsAt: '2026-13-01T00:00:00Z' }, /endsAt must be a time/],
    ['an end that has passed', { endsAt: '2026-11-25T12:00:00Z' }, /passed already/],
    ['an end before the start', { startsAt: '2027-02-01T00:00:00Z', endsAt: '2027-01-01T00:00:00Z' }, /after startsAt/],
    ['no match', { match: undefined }, /match must be an object/],
    ['an unknown kind', { match: { type: 'agent', values: ['x'] } }, /ip, country, referrer, urlPattern/],
    ['no values', { match: { type: 'ip', values: [] } }, /1 to 500/],
    ['values that are no texts', { match: { type: 'ip', values: [1] } }, /1 to 500/],
    ['too many values', { match: { type: 'country', values: Array(LIMITS.ruleValues + 1).fill('DE') } }, /1 to 500/],
    ['an unknown country', { match: { type: 'country', values: ['XX'] } }, /"XX" is no country/],
    ['a former country', { match: { type: 'country', values: ['DD'] } }, /"DD" is no country/],
    ['a referrer without its policy', { match: { type: 'referrer', values: ['a.example'] } }, /withoutReferrer/],
    ['the policy elsewhere', { match: { type: 'ip', values: ['192.0.2.1'], withoutReferrer: 'allow' } }, /referrer/],
  ])('refuses %s', (_, changes, message) => {
    expect(() => read(changes)).toThrow(
      expect.objectContaining({ code: 'rule.invalid', message: expect.stringMatching(message) }),
    );
  });

  it.each([
    'https://a.example',
    'a.example/x',
    'a.example:80',
    'u@a.example',
    '*',
    '*.',
    'a.*.example',
    '-a.example',
    '',
  ])('refuses the host "%s"', (host) => {
    expect(() => matcher({ type: 'referrer', values: [host], withoutReferrer: 'block' })).toThrow('is no host');
  });

  it.each([
    'a/*',
    '/a//b',
    '/../a',
    '/./a',
    '/a./b',
    '/a%20b',
    '/[ab]',
    '/{a,b}',
    '/a\\b',
    `/${'a'.repeat(128)}`,
    '/a\u0000',
  ])('refuses the pattern %j', (pattern) => {
    expect(() => matcher({ type: 'urlPattern', values: [pattern] })).toThrow('The URL pattern');
  });
});
