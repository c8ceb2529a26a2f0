import { describe, expect, it } from 'vitest';
import { OWNER } from '../../../../lambda/core/accounts/owner.ts';
import { noteReading } from '../../../../lambda/core/accounts/people/note-reading.ts';
import type { AuditEvent } from '../../../../lambda/core/audit/event.ts';
import { makeEvent } from '../../audit/told-events.ts';

/** What is noted when a caller reads. */
async function noted(callerId: string | undefined, ...about: [personId?: string]): Promise<string[]> {
  const events: AuditEvent[] = [];
  const caller = callerId === undefined ? OWNER : { ...OWNER, kind: 'person' as const, id: callerId };
  const record = async (event: AuditEvent) => void events.push(event);
  await noteReading({ makeEvent, record }, caller, 'person.read', ...about);
  return events.map(({ action, object }) => `${action} ${object.kind} ${object.id}`);
}

describe('reading personal data', () => {
  it('of others is noted, by whom and of whom', async () => {
    expect(await noted('me', 'other')).toEqual(['person.read person other']);
    expect(await noted(undefined, 'other')).toEqual(['person.read person other']);
  });

  it('of everybody is noted', async () => {
    expect(await noted('me')).toEqual(['person.read people people']);
  });

  it('of oneself is not', async () => {
    expect(await noted('me', 'me')).toEqual([]);
  });

  it('is refused when it cannot be noted', async () => {
    const record = () => Promise.reject(new Error('busy'));

    await expect(noteReading({ makeEvent, record }, OWNER, 'people.listed')).rejects.toThrow('busy');
  });
});
