import { describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../../lambda/core/audit/event.ts';
import type { ChainedEvent } from '../../../lambda/core/audit/event-chain.ts';
import { chainEvent, chainName, emptyChain, firstBreak } from '../../../lambda/core/audit/event-chain.ts';

const event = (id: string): AuditEvent => ({
  id,
  action: 'file.moved',
  caller: { kind: 'private-key', id: 'key' },
  object: { kind: 'file', id: 'f1' },
  before: { path: '/a.jpg' },
  after: { path: '/b.jpg' },
  at: '2026-11-28T12:00:00.000Z',
  source: 'api',
  requestId: 'r1',
});

function chainOf(length: number): ChainedEvent[] {
  const events: ChainedEvent[] = [];
  let head = emptyChain('2026-07');
  for (let index = 0; index < length; index++) {
    const next = chainEvent(head, event(`e${index}`));
    events.push(next);
    head = { chain: next.chain, sequence: next.sequence, hash: next.hash };
  }
  return events;
}

describe('a chain of events', () => {
  it('is whole as it was written', () => {
    expect(firstBreak(chainOf(5))).toBeUndefined();
  });

  it('is named after the year and one of 64 numbers', () => {
    expect([chainName('2026-11-28T12:00:00.000Z', 7), chainName('2027-01-01T00:00:00.000Z', 64)]).toEqual([
      '2026-07',
      '2027-00',
    ]);
  });

  it.each([
    ['is changed', (events: ChainedEvent[]) => events.with(2, { ...(events[2] as ChainedEvent), body: '{}' }), 3],
    ['is missing', (events: ChainedEvent[]) => events.toSpliced(2, 1), 3],
    ['stands elsewhere', ([a, b, c, ...rest]: ChainedEvent[]) => [a, c, b, ...rest] as ChainedEvent[], 2],
    ['is added', (events: ChainedEvent[]) => events.toSpliced(1, 0, events[1] as ChainedEvent), 3],
  ])('shows where an event %s', (_, tamper, place) => {
    expect(firstBreak(tamper(chainOf(5)))?.sequence).toBe(place);
  });

  it('shows an event that was changed and hashed anew', () => {
    const events = chainOf(4);
    const forged = chainEvent({ chain: '2026-07', sequence: 1, hash: events[0]?.hash ?? '' }, event('forged'));

    expect(firstBreak(events.with(1, forged))).toEqual({ sequence: 3, fault: 'replaced' });
  });
});
