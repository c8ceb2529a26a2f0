import { expect, test } from 'vitest';
import { CALL_RATES, callCounter, RateExceeded } from '../../../lambda/core/accounts/call-rates.ts';
import { OWNER } from '../../../lambda/core/accounts/owner.ts';
import type { Caller } from '../../../lambda/core/kernel/caller.ts';

const key = (id: string): Caller => ({ kind: 'restricted-key', id, grants: [] });

function counting() {
  const time = { now: 1_000_000 };
  const count = callCounter(() => time.now);
  const admitted = (caller: Caller, counted: 'read' | 'write', calls = 500) => {
    let passed = 0;
    for (let call = 0; call < calls; call++) {
      try {
        count(caller, counted);
        passed++;
      } catch (error) {
        expect(error).toBeInstanceOf(RateExceeded);
      }
    }
    return passed;
  };
  return { time, count, admitted };
}

/* RATE-001 of the attack catalogue. */
test('a burst is admitted at once, then as many as the rate allows', () => {
  const { time, admitted } = counting();

  expect(admitted(key('a'), 'write')).toBe(CALL_RATES.write.burst);
  time.now += 1000;
  expect(admitted(key('a'), 'write')).toBe(CALL_RATES.write.perSecond);
  time.now += 3_600_000;
  expect(admitted(key('a'), 'write')).toBe(CALL_RATES.write.burst);
});

test('keys and classes have rates of their own, and the owner has none', () => {
  const { admitted } = counting();
  admitted(key('a'), 'write');

  expect(admitted(key('b'), 'write')).toBe(CALL_RATES.write.burst);
  expect(admitted(key('a'), 'read')).toBe(CALL_RATES.read.burst);
  expect(admitted(OWNER, 'write')).toBe(500);
});

test('a refusal says how long to wait, and after that a call is admitted', () => {
  const { time, count, admitted } = counting();
  admitted(key('a'), 'read');
  const refused = (() => {
    try {
      count(key('a'), 'read');
    } catch (error) {
      return error as RateExceeded;
    }
    throw new Error('It was admitted.');
  })();

  expect(refused).toMatchObject({ status: 429, code: 'rate.exceeded', limit: 40, window: 1000, wait: 25 });
  time.now += refused.wait;
  expect(admitted(key('a'), 'read', 3)).toBe(1);
});

test('a clock that is set back gives nothing away, and the rate goes on from there', () => {
  const { time, admitted } = counting();
  admitted(key('a'), 'write');
  time.now -= 3_600_000;

  expect(admitted(key('a'), 'write')).toBe(0);
  time.now += 1000;
  expect(admitted(key('a'), 'write')).toBe(CALL_RATES.write.perSecond);
});
