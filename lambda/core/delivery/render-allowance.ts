import { createHmac } from 'node:crypto';
import type { Clock } from '../kernel/clock.ts';
import { addressHex } from '../request/edge-rules.ts';

/** Digits of an IPv6 address that one subscriber has (RFC 6177): the family and 64 bits. An IPv4 address has fewer. */
const COUNTED_DIGITS = 17;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export interface RenderAllowanceOptions {
  /** New pictures that an address may have made in a minute. */
  readonly limit: number;
  readonly clock: Clock;
  readonly newSalt: () => string;
}

/**
 * Counts renders by address and minute, so that nobody can have pictures made without end. It counts in this process: each
 * environment of the function has its own. No address is kept, only its hash under a salt that lasts a day.
 * @returns whether an address may have one more picture made; asking counts
 */
export function renderAllowance({ limit, clock, newSalt }: RenderAllowanceOptions): (address: string) => boolean {
  const counts = new Map<string, number>();
  let minute = -1;
  let day = -1;
  let salt = '';
  const beginAnew = (now: number): void => {
    if (Math.floor(now / MINUTE) === minute) return;
    minute = Math.floor(now / MINUTE);
    counts.clear();
    if (Math.floor(now / DAY) === day) return;
    day = Math.floor(now / DAY);
    salt = newSalt();
  };
  return (address) => {
    beginAnew(clock());
    const counted = createHmac('sha256', salt).update(addressHex(address).slice(0, COUNTED_DIGITS)).digest('base64');
    const count = (counts.get(counted) ?? 0) + 1;
    counts.set(counted, count);
    return count <= limit;
  };
}
