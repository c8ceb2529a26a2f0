import { describe, expect, it } from 'vitest';
import { blockText, parseCidr } from '../../../lambda/core/protection/rules/cidr.ts';
import type { EdgeRule, RequestFacts } from '../../../lambda/core/request/edge-rules.ts';
import { addressHex, isRefused, referrerHost } from '../../../lambda/core/request/edge-rules.ts';

const FACTS: RequestFacts = { i: '', c: '', r: '', p: '/a.jpg', now: 1000 };

function refuses(rules: EdgeRule | EdgeRule[], facts: Partial<RequestFacts> = {}): boolean {
  return isRefused([rules].flat(), { ...FACTS, ...facts });
}

describe('addresses (ACL-005)', () => {
  it.each([
    ['192.0.2.0/24', '192.0.2.0', true],
    ['192.0.2.0/24', '192.0.2.255', true],
    ['192.0.2.0/24', '192.0.1.255', false],
    ['192.0.2.0/24', '192.0.3.0', false],
    ['192.0.2.128/25', '192.0.2.127', false],
    ['192.0.2.128/25', '192.0.2.128', true],
    ['192.0.2.8/29', '192.0.2.15', true],
    ['192.0.2.8/29', '192.0.2.16', false],
    ['192.0.2.7', '192.0.2.7', true],
    ['192.0.2.7', '192.0.2.70', false],
    ['128.0.0.0/1', '127.255.255.255', false],
    ['128.0.0.0/1', '255.255.255.255', true],
    ['192.0.2.0/24', '::ffff:192.0.2.9', true],
    ['192.0.2.0/24', '::ffff:c000:209', true],
    ['192.0.2.0/24', '::FFFF:192.0.2.9', true],
    ['::ffff:192.0.2.0/120', '192.0.2.9', true],
    ['2001:db8::/32', '2001:db8::1', true],
    ['2001:db8::/32', '2001:0DB8:ffff:ffff:ffff:ffff:ffff:ffff', true],
    ['2001:db8::/32', '2001:db9::', false],
    ['2001:db8::/33', '2001:db8:7fff::1', true],
    ['2001:db8::/33', '2001:db8:8000::1', false],
    ['2001:db8::1', '2001:db8:0:0:0:0:0:1', true],
    ['2001:db8::1', '2001:db8::2', false],
    ['192.0.2.0/24', 'c000:0200::', false],
  ])('block %s and %s: %s', (block, address, expected) => {
    expect(refuses({ k: 'i', v: [blockText(parseCidr(block))] }, { i: addressHex(address) })).toBe(expected);
  });

  it('lets in nobody else when there is an allow rule', () => {
    const rule: EdgeRule = { k: 'i', a: 1, v: [blockText(parseCidr('192.0.2.0/24'))] };

    expect(refuses(rule, { i: addressHex('192.0.2.1') })).toBe(false);
    expect(refuses(rule, { i: addressHex('198.51.100.1') })).toBe(true);
  });
});

describe('referrers', () => {
  it.each([
    ['https://www.example.com/page', 'www.example.com'],
    ['http://WWW.Example.COM:8080', 'www.example.com'],
    ['https://www.example.com./', 'www.example.com'],
    ['https://www.example.com?q', 'www.example.com'],
    ['https://[2001:db8::1]:8443/', '[2001:db8::1]'],
  ])('%s is from %s', (header, host) => {
    expect(referrerHost(header)).toBe(host);
  });

  it.each([
    '',
    'null',
    '::',
    'about:blank',
    'https://',
    'https:///www.example.com',
    'https://www.example.com@evil.example/',
    'https://user:www.example.com@evil.example/',
    'https://evil.example\\@www.example.com/',
    'https://www.example.com\\.evil.example/',
    'https://www.example.com%2eevil.example/',
    'https://www.example.com, https://evil.example/',
    'javascript://www.example.com/',
    'www.example.com',
    'https://www.éxample.com/',
  ])('%s counts as none (ACL-009)', (header) => {
    expect(referrerHost(header)).toBe('');
  });

  it.each([
    ['example.com', 'example.com', true],
    ['example.com', 'www.example.com', false],
    ['example.com', 'evil-example.com', false],
    ['*.example.com', 'www.example.com', true],
    ['*.example.com', 'a.b.example.com', true],
    ['*.example.com', 'example.com', false],
    ['*.example.com', 'evil-example.com', false],
    ['*.example.com', 'www.example.com.evil.test', false],
    ['*.example.com', '', false],
    ['', '', true],
  ])('%s takes %s: %s', (value, referrer, expected) => {
    expect(refuses({ k: 'r', v: [value] }, { r: referrer })).toBe(expected);
    expect(refuses({ k: 'r', a: 1, v: [value] }, { r: referrer })).toBe(!expected);
  });
});

describe('rules together', () => {
  it('hold from their start to their end, to the second', () => {
    const rule: EdgeRule = { k: 'p', v: ['/**'], s: 1000, e: 2000 };

    expect([999, 1000, 1999, 2000].map((now) => refuses(rule, { now }))).toEqual([false, true, true, false]);
  });

  it('let in what any allow rule of a kind takes, and ask every kind', () => {
    const rules: EdgeRule[] = [
      { k: 'c', a: 1, v: ['DE'] },
      { k: 'c', a: 1, v: ['FR'] },
      { k: 'p', a: 1, v: ['/open/**'] },
    ];

    expect(refuses(rules, { c: 'FR', p: '/open/a' })).toBe(false);
    expect(refuses(rules, { c: 'FR', p: '/a' })).toBe(true);
    expect(refuses(rules, { c: 'IT', p: '/open/a' })).toBe(true);
    expect(refuses(rules, { c: '', p: '/open/a' })).toBe(true);
  });

  it('refuse by a block what an allow rule takes', () => {
    expect(
      refuses(
        [
          { k: 'c', a: 1, v: ['DE'] },
          { k: 'p', v: ['/a.jpg'] },
        ],
        { c: 'DE' },
      ),
    ).toBe(true);
  });

  it('let everything in when an allow rule has ended', () => {
    expect(refuses({ k: 'c', a: 1, v: ['DE'], e: 10 }, { c: 'IT' })).toBe(false);
  });
});
