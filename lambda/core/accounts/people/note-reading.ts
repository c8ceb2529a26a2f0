import type { AuditAction } from '../../audit/actions.ts';
import type { MakeEvent } from '../../audit/event-maker.ts';
import type { RecordEvent } from '../../audit/record-event.ts';
import type { Caller } from '../../kernel/caller.ts';

export interface NoteReadingDeps {
  readonly makeEvent: MakeEvent;
  readonly record: RecordEvent;
}

/**
 * Writes down that somebody is about to read personal data of others; without the event nothing is read. What people read of
 * themselves is not noted.
 * @param personId whose. Default: everybody's
 * @throws Problem busy
 */
export async function noteReading(
  { makeEvent, record }: NoteReadingDeps,
  caller: Caller,
  action: Extract<AuditAction, 'people.listed' | 'person.read' | 'sessions.listed' | 'sign-ins.listed'>,
  personId?: string,
): Promise<void> {
  if (caller.kind === 'person' && caller.id === personId) return;
  const object = personId === undefined ? { kind: 'people', id: 'people' } : { kind: 'person', id: personId };
  await record(makeEvent(caller, action, object));
}
