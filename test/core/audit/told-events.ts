import { randomBytes } from 'node:crypto';
import type { AuditEvent } from '../../../lambda/core/audit/event.ts';
import { eventMaker } from '../../../lambda/core/audit/event-maker.ts';
import { sourceOfCall } from '../../../lambda/core/audit/event-source.ts';

/** Makes events of a call that is called `request`. */
export const makeEvent = eventMaker({
  clock: Date.now,
  hexId: () => randomBytes(12).toString('hex'),
  requestId: 'request',
  sourceOf: sourceOfCall(false),
});

/** An event for a store that only passes it on. */
export const someEvent = (): AuditEvent =>
  makeEvent({ kind: 'private-key', id: 'private-key' }, 'rule.created', { kind: 'test', id: '1' }, { after: {} });
