import type { Caller } from '../kernel/caller.ts';
import type { Clock } from '../kernel/clock.ts';
import type { ActionWithoutDifference, AuditAction } from './actions.ts';
import type { AuditEvent, AuditObject } from './event.ts';
import type { SourceOf } from './event-source.ts';

type State = Readonly<Record<string, unknown>>;

/** What a change made different; secrets are never in it. What was made has no state before, what was removed none after. */
export type Difference =
  | { readonly before: State; readonly after?: State | undefined }
  | { readonly before?: State | undefined; readonly after: State };

/** Makes the event of a change within one call. Only what changes nothing has no difference. */
export interface MakeEvent {
  (caller: Pick<Caller, 'kind' | 'id'>, action: AuditAction, object: AuditObject, difference: Difference): AuditEvent;
  (
    caller: Pick<Caller, 'kind' | 'id'>,
    action: ActionWithoutDifference,
    object: AuditObject,
    difference?: Difference,
  ): AuditEvent;
}

export interface EventMakerDeps {
  readonly clock: Clock;
  /** 24 hexadecimal characters. */
  readonly hexId: () => string;
  /** Of the call that makes the changes. */
  readonly requestId: string;
  readonly sourceOf: SourceOf;
}

export function eventMaker({ clock, hexId, requestId, sourceOf }: EventMakerDeps): MakeEvent {
  return ({ kind, id }, action, object, difference?: Difference) => ({
    id: hexId(),
    action,
    caller: { kind, id },
    source: sourceOf({ kind }),
    object,
    ...(difference?.before && { before: difference.before }),
    ...(difference?.after && { after: difference.after }),
    at: new Date(clock()).toISOString(),
    requestId,
  });
}
