import { describe, expect, it } from 'vitest';
import { countEvents } from '../../../lambda/core/audit/count-events.ts';
import type { ChainedEvent } from '../../../lambda/core/audit/event-chain.ts';
import { chainEvent, emptyChain, headAfter } from '../../../lambda/core/audit/event-chain.ts';
import type { EventStore } from '../../../lambda/core/audit/event-store.ts';
import { someEvent } from './told-events.ts';

const CHAIN = '2026-07';

/** A store with one chain, of an event for each time. */
function storeOf(...times: readonly string[]) {
  const events: ChainedEvent[] = [];
  for (const at of times) {
    const last = events.at(-1);
    events.push(chainEvent(last ? headAfter(last) : emptyChain(CHAIN), { ...someEvent(), at }));
  }
  const store: EventStore = {
    before: async (chain, sequence, limit) =>
      chain === CHAIN
        ? events
            .filter((one) => one.sequence < sequence)
            .toReversed()
            .slice(0, limit)
        : [],
    after: async () => [],
  };
  return { store, events };
}

const DAY = { from: '2026-11-28T00:00:00.000Z', to: '2026-11-29T00:00:00.000Z' };

describe('counted events', () => {
  it('are those from the beginning of a time and before its end', async () => {
    const { store } = storeOf('2026-11-27T23:59:59.999Z', DAY.from, '2026-11-28T23:59:59.999Z', DAY.to);
    const counts = await countEvents(store, DAY, [], 100);

    expect([counts.events, counts.actions, counts.isComplete]).toEqual([2, new Map([['rule.created', 2]]), true]);
  });

  it('are of both years that a time touches', async () => {
    const { store } = storeOf('2026-12-31T23:00:00.000Z');
    const week = { from: '2026-12-28T00:00:00.000Z', to: '2027-01-04T00:00:00.000Z' };

    expect((await countEvents(store, week, [], 100)).events).toBe(1);
  });

  it('are not sealed when they come after the end that a seal has', async () => {
    const { store, events } = storeOf(DAY.from, '2026-11-28T01:00:00.000Z', '2026-11-28T02:00:00.000Z');
    const heads = events.map(headAfter);

    expect((await countEvents(store, DAY, heads.slice(0, 1), 100)).unsealed).toBe(2);
    expect((await countEvents(store, DAY, heads.slice(2), 100)).unsealed).toBe(0);
  });

  it('are the newest when there are more than are looked at, which is said', async () => {
    const { store } = storeOf(...Array.from({ length: 1200 }, () => DAY.from));
    const counts = await countEvents(store, DAY, [], 1000);

    expect([counts.events, counts.isComplete]).toEqual([1000, false]);
    expect((await countEvents(store, DAY, [], 1200)).isComplete).toBe(true);
  });
});
