import { expect, test } from 'vitest';
import { eventMaker } from '../../../lambda/core/audit/event-maker.ts';

const ids = ['a'.repeat(24), 'b'.repeat(24)];
const makeEvent = eventMaker({
  clock: () => Date.UTC(2026, 10, 28, 15, 0, 0, 7),
  hexId: () => ids.shift() ?? '',
  requestId: 'r-1',
});

test('an event says who changed what, when, and in which call; never what else the caller has', () => {
  const caller = { kind: 'private-key', id: 'private-key', grants: [{ permissions: ['rules.write'] }] } as const;

  const first = makeEvent(caller, 'rule.deleted', { kind: 'rule', id: '1' }, { before: { reason: 'x' } });

  expect(first).toEqual({
    id: 'a'.repeat(24),
    action: 'rule.deleted',
    caller: { kind: 'private-key', id: 'private-key' },
    object: { kind: 'rule', id: '1' },
    before: { reason: 'x' },
    at: '2026-11-28T15:00:00.007Z',
    requestId: 'r-1',
  });
  expect(makeEvent(caller, 'rule.deleted', { kind: 'rule', id: '1' }).id).toBe('b'.repeat(24));
});
