import { expect, test } from 'vitest';
import { eventMaker } from '../../../lambda/core/audit/event-maker.ts';
import { sourceOfCall, sourceOfRun } from '../../../lambda/core/audit/event-source.ts';

const ids = ['a'.repeat(24), 'b'.repeat(24)];
const makeEvent = eventMaker({
  clock: () => Date.UTC(2026, 10, 28, 15, 0, 0, 7),
  hexId: () => ids.shift() ?? '',
  requestId: 'r-1',
  sourceOf: sourceOfCall(false),
});

test('an event says who changed what, when, and in which call; never what else the caller has', () => {
  const caller = { kind: 'private-key', id: 'private-key', grants: [{ permissions: ['rules.write'] }] } as const;

  const first = makeEvent(caller, 'rule.deleted', { kind: 'rule', id: '1' }, { before: { reason: 'x' } });

  expect(first).toEqual({
    id: 'a'.repeat(24),
    action: 'rule.deleted',
    caller: { kind: 'private-key', id: 'private-key' },
    source: 'api',
    object: { kind: 'rule', id: '1' },
    before: { reason: 'x' },
    at: '2026-11-28T15:00:00.007Z',
    requestId: 'r-1',
  });
  expect(makeEvent(caller, 'audit.read', { kind: 'audit-log', id: 'events' }).id).toBe('b'.repeat(24));
});

test('the source of a change is the way that its caller came in', () => {
  const [byCookie, byToken] = [sourceOfCall(false), sourceOfCall(true)];

  expect([byCookie({ kind: 'person' }), byToken({ kind: 'person' })]).toEqual(['dashboard', 'command-line']);
  for (const kind of ['private-key', 'restricted-key', 'upload-ticket', 'nobody'] as const) {
    expect([byCookie({ kind }), byToken({ kind })]).toEqual(['api', 'api']);
  }
  expect([byCookie({ kind: 'system' }), byCookie({ kind: 'break-glass' })]).toEqual(['system', 'break-glass']);
  expect(sourceOfRun({ kind: 'person' })).toBe('system');
});
