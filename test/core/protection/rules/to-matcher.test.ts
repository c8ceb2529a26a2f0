import { describe, expect, it } from 'vitest';
import type { MatcherInput } from '../../../../lambda/core/protection/rules/to-matcher.ts';
import { toMatcher } from '../../../../lambda/core/protection/rules/to-matcher.ts';

describe('toMatcher', () => {
  it('reads every kind', () => {
    expect(toMatcher({ type: 'ip', values: ['192.0.2.0/24', '2001:db8::/32'] })).toMatchObject({ type: 'ip' });
    expect(toMatcher({ type: 'country', values: ['de', 'DE'] })).toEqual({ type: 'country', codes: ['DE'] });
    expect(
      toMatcher({ type: 'referrer', values: ['WWW.Example.com', '*.bücher.example'], withoutReferrer: 'allow' }),
    ).toEqual({ type: 'referrer', hosts: ['www.example.com', '*.xn--bcher-kva.example'], withoutReferrer: 'allow' });
    expect(toMatcher({ type: 'urlPattern', values: ['/A/***/b?.JPG'] })).toEqual({
      type: 'urlPattern',
      patterns: ['/a/**/b?.jpg'],
    });
  });

  it.each<[string, MatcherInput, RegExp]>([
    ['an unknown country', { type: 'country', values: ['XX'] }, /"XX" is no country/],
    ['a former country', { type: 'country', values: ['DD'] }, /"DD" is no country/],
    ['a referrer without its policy', { type: 'referrer', values: ['a.example'] }, /withoutReferrer/],
    ['the policy elsewhere', { type: 'ip', values: ['192.0.2.1'], withoutReferrer: 'allow' }, /referrer/],
  ])('refuses %s', (_, input, message) => {
    expect(() => toMatcher(input)).toThrow(
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
    expect(() => toMatcher({ type: 'referrer', values: [host], withoutReferrer: 'block' })).toThrow('is no host');
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
    expect(() => toMatcher({ type: 'urlPattern', values: [pattern] })).toThrow('The URL pattern');
  });
});
