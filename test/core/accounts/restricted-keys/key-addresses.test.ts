import { describe, expect, it } from 'vitest';
import {
  areWithin,
  isAddressBlock,
  isFromAddress,
} from '../../../../lambda/core/accounts/restricted-keys/key-addresses.ts';

describe('a block of addresses', () => {
  it.each(['192.0.2.0/24', '192.0.2.1', '2001:db8::/32', '::1', '10.0.0.0/8'])('may be %s', (text) => {
    expect(isAddressBlock(text)).toBe(true);
  });

  it.each(['', '0.0.0.0/0', '::/0', '192.0.2.0/33', '192.0.2', 'fe80::1%eth0', '10.0.0.0/8/8', '10.0.0.0/08', 'x/8'])(
    'is not %s',
    (text) => {
      expect(isAddressBlock(text)).toBe(false);
    },
  );

  it('holds the addresses behind its prefix, of its own family', () => {
    expect(isFromAddress(['10.0.0.0/8'], '10.255.0.1')).toBe(true);
    expect(isFromAddress(['10.0.0.0/8'], '11.0.0.0')).toBe(false);
    expect(isFromAddress(['10.0.0.0/8'], '::1')).toBe(false);
    expect(isFromAddress(['2001:db8::/33'], '2001:db8:8000::1')).toBe(false);
    expect(isFromAddress([], '10.0.0.1')).toBe(false);
  });

  it('lies within another that is as large or larger', () => {
    expect(areWithin(['10.1.0.0/16', '10.2.3.4'], ['10.0.0.0/8'])).toBe(true);
    expect(areWithin(['10.0.0.0/8'], ['10.0.0.0/8'])).toBe(true);
    expect(areWithin(['10.0.0.0/7'], ['10.0.0.0/8'])).toBe(false);
    expect(areWithin(['10.1.0.0/16', '11.0.0.1'], ['10.0.0.0/8'])).toBe(false);
    expect(areWithin(['2001:db8::/48'], ['10.0.0.0/8', '2001:db8::/32'])).toBe(true);
  });
});
