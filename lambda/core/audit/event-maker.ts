import type { Caller } from '../kernel/caller.ts';
import type { Clock } from '../kernel/clock.ts';
import type { AuditAction } from './actions.ts';
import type { AuditEvent, AuditObject } from './event.ts';
import type { SourceOf } from './event-source.ts';

/** What a change made different; secrets are never in it. */
export type Difference = Pick<AuditEvent, 'before' | 'after'>;

/** Makes the event of a change within one call. */
export type MakeEvent = (
  caller: Pick<Caller, 'kind' | 'id'>,
  action: AuditAction,
  object: AuditObject,
  difference?: Difference,
) => AuditEvent;

export interface EventMakerDeps {
  readonly clock: Clock;
  /** 24 hexadecimal characters. */
  readonly hexId: () => string;
  /** Of the call that makes the changes. */
  readonly requestId: string;
  readonly sourceOf: SourceOf;
}

export function eventMaker({ clock, hexId, requestId, sourceOf }: EventMakerDeps): MakeEvent {
  return ({ kind, id }, action, object, difference = {}) => ({
    id: hexId(),
    action,
    caller: { kind, id },
    source: sourceOf({ kind }),
    object,
    ...difference,
    at: new Date(clock()).toISOString(),
    requestId,
  });
}
