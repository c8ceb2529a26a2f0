import type { Caller } from '../kernel/caller.ts';
import type { EventSource } from './event-source.ts';

/** Who made a change, as it is told. */
export type Actor = Pick<Caller, 'kind' | 'id'>;

/** What was changed. */
export interface AuditObject {
  readonly kind: string;
  readonly id: string;
}

/** One change, as it is told: it is committed in the same transaction as the change itself. */
export interface AuditEvent {
  /** Unique; the same for every attempt to commit the change. */
  readonly id: string;
  /** `file.moved`, `folder.trashed`. */
  readonly action: string;
  readonly caller: Actor;
  readonly source: EventSource;
  readonly object: AuditObject;
  /** What the change made different, before and after; without secrets. */
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
  /** ISO 8601 with milliseconds and Z. */
  readonly at: string;
  readonly requestId: string;
  /** A second event of the same id: the change, which could not be committed with its event, was not made after all. */
  readonly result?: 'failed';
}
