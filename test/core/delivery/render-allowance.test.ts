import { beforeEach, describe, expect, it } from 'vitest';
import { renderAllowance } from '../../../lambda/core/delivery/render-allowance.ts';

describe('the renders of an address', () => {
  let now = 0;
  let salts = 0;
  let mayRender: (address: string) => boolean;

  beforeEach(() => {
    now = Date.parse('2026-11-28T12:00:00Z');
    salts = 0;
    mayRender = renderAllowance({ limit: 3, clock: () => now, newSalt: () => `salt${salts++}` });
  });

  const asked = (address: string, times: number) => Array.from({ length: times }, () => mayRender(address));

  it('are as many a minute as the limit says, and as many in the next', () => {
    expect(asked('192.0.2.1', 5)).toEqual([true, true, true, false, false]);
    now += 59_999;
    expect(mayRender('192.0.2.1')).toBe(false);
    now += 1;
    expect(asked('192.0.2.1', 4)).toEqual([true, true, true, false]);
  });

  it('are not those of another', () => {
    asked('192.0.2.1', 3);

    expect(mayRender('192.0.2.2')).toBe(true);
  });

  it('are those of its network for IPv6, where a subscriber has 64 bits, however it is written', () => {
    asked('2001:db8:0:1::1', 3);

    expect(mayRender('2001:db8:0:1:ffff::9')).toBe(false);
    expect(mayRender('2001:0DB8:0000:0001:0:0:0:1')).toBe(false);
    expect(mayRender('2001:db8:0:2::1')).toBe(true);
    asked('192.0.2.7', 3);
    expect(mayRender('::ffff:192.0.2.7')).toBe(false);
  });

  it('are counted under a salt that lasts a day', () => {
    asked('192.0.2.1', 1);
    now += 11 * 3_600_000;
    asked('192.0.2.1', 1);
    expect(salts).toBe(1);
    now += 3_600_000;
    asked('192.0.2.1', 1);
    expect(salts).toBe(2);
  });
});
