import { AUDIT_ALTERED } from '../../contract/audit-bucket.ts';
import type { Report } from '../kernel/report.ts';
import type { ChainedEvent } from './event-chain.ts';

/** One change of the table with the events. `altered`: an event was written over, or removed when `after` is missing. */
export type LogChange =
  | { readonly kind: 'added'; readonly event: ChainedEvent }
  | { readonly kind: 'altered'; readonly before: ChainedEvent; readonly after?: ChainedEvent };

export type Alteration = Extract<LogChange, { readonly kind: 'altered' }>;

/** A copy of the log where nobody can change it. What is given twice under one id is kept once. */
export interface LogMirror {
  /** @param at when the first of them was written, milliseconds since 1970 */
  readonly addEvents: (id: string, at: number, events: readonly ChainedEvent[]) => Promise<void>;
  readonly addAlterations: (id: string, at: number, alterations: readonly Alteration[]) => Promise<void>;
}

/** Changes that the table's stream told together. */
export interface ToldChanges {
  /** The same when they are told again. */
  readonly id: string;
  readonly at: number;
  readonly changes: readonly LogChange[];
}

/**
 * Mirrors what was added to the log. Nothing of ours changes or removes an event: where it happened, it is kept as evidence and
 * reported, which is an alarm.
 */
export async function mirrorLog(
  { mirror, report }: { readonly mirror: LogMirror; readonly report: Report },
  { id, at, changes }: ToldChanges,
): Promise<void> {
  const added = changes.flatMap((change) => (change.kind === 'added' ? [change.event] : []));
  const altered = changes.filter((change) => change.kind === 'altered');
  if (altered.length > 0) {
    const places = altered.map(({ before: { chain, sequence } }) => `${chain}/${sequence}`);
    report(AUDIT_ALTERED, new Error(`Events were changed or removed: ${places.join(' ')}`));
    await mirror.addAlterations(id, at, altered);
  }
  if (added.length > 0) await mirror.addEvents(id, at, added);
}
