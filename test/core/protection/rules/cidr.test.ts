import { BlockList } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockText, formatCidr, parseCidr } from '../../../../lambda/core/protection/rules/cidr.ts';
import { addressHex, isRefused } from '../../../../lambda/core/request/edge-rules.ts';

describe('parseCidr', () => {
  it.each([
    ['192.0.2.0/24', '192.0.2.0/24'],
    ['192.0.2.1', '192.0.2.1/32'],
    ['2001:DB8:0::/32', '2001:db8::/32'],
    ['2001:db8::1', '2001:db8::1/128'],
    ['::ffff:192.0.2.0/120', '192.0.2.0/24'],
    ['64:ff9b::192.0.2.1', '64:ff9b::c000:201/128'],
  ])('%s is %s', (text, canonical) => {
    expect(formatCidr(parseCidr(text))).toBe(canonical);
  });

  it.each([
    ['192.0.2.1/24', /did you mean 192\.0\.2\.0\/24/],
    ['2001:db8::1/64', /did you mean 2001:db8::\/64/],
    ['0.0.0.0/0', /from 1 to 32/],
    ['::/0', /from 1 to 128/],
    ['192.0.2.0/33', /from 1 to 32/],
    ['::ffff:0:0/96', /write IPv4 blocks as IPv4/],
    ['192.0.2.0/', /no address/],
    ['192.0.2.0/024', /no address/],
    ['192.0.2/24', /no address/],
    ['192.0.2.0/24/8', /no address/],
    ['fe80::1%eth0', /no address/],
    ['example.com', /no address/],
    ['', /no address/],
  ])('refuses %s', (text, message) => {
    expect(() => parseCidr(text)).toThrow(
      expect.objectContaining({ code: 'rule.invalid', message: expect.stringMatching(message) }),
    );
  });

  it('agrees with Node’s own block list on every address, through the form of the edge', () => {
    const octets = fc.array(fc.nat(255), { minLength: 4, maxLength: 4 }).map((bytes) => bytes.join('.'));
    const groups = fc
      .array(fc.nat(65_535), { minLength: 8, maxLength: 8 })
      .map((all) => all.map((group) => group.toString(16)).join(':'));
    const flipped = (hex: string, bit: number) =>
      [...hex]
        .map((digit, at) => (at === bit >> 2 ? (Number.parseInt(digit, 16) ^ (8 >> (bit & 3))).toString(16) : digit))
        .join('');
    const cases = fc.oneof(
      fc.tuple(octets, fc.integer({ min: 1, max: 32 }), fc.nat(31)),
      fc.tuple(groups, fc.integer({ min: 1, max: 128 }), fc.nat(127)),
    );

    fc.assert(
      fc.property(cases, ([address, prefix, bit]) => {
        const list = new BlockList();
        const family = address.includes(':') ? 'ipv6' : 'ipv4';
        list.addSubnet(address, prefix, family);
        // The message of the refusal names the network.
        const block = networkOf(address, prefix);
        const other = textOf(flipped(addressHex(address).slice(1), bit), family);

        const refused = isRefused([{ k: 'i', v: [blockText(parseCidr(block))] }], {
          ...{ c: '', r: '', p: '/', now: 0 },
          i: addressHex(other),
        });

        expect(refused).toBe(list.check(other, family));
      }),
      { numRuns: 2000 },
    );
  });
});

function networkOf(address: string, prefix: number): string {
  try {
    return formatCidr(parseCidr(`${address}/${prefix}`));
  } catch (error) {
    return /did you mean (\S+)\.$/.exec((error as Error).message)?.[1] ?? '';
  }
}

function textOf(hex: string, family: 'ipv4' | 'ipv6'): string {
  return family === 'ipv4'
    ? (hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)).join('.')
    : (hex.match(/.{4}/g) ?? []).join(':');
}
