import { describe, expect, it } from 'vitest';
import { chainEvent, emptyChain } from '../../../lambda/core/audit/event-chain.ts';
import { type LogChange, mirrorLog } from '../../../lambda/core/audit/mirror-log.ts';
import { someEvent } from './told-events.ts';

const event = chainEvent(emptyChain('2026-07'), someEvent());
const other = chainEvent(emptyChain('2026-08'), someEvent());

async function mirrored(...changes: LogChange[]) {
  const calls: unknown[] = [];
  const reports: string[] = [];
  await mirrorLog(
    {
      mirror: {
        addEvents: async (...given) => void calls.push(['events', ...given]),
        addAlterations: async (...given) => void calls.push(['alterations', ...given]),
      },
      report: (name, error) => void reports.push(`${name}: ${(error as Error).message}`),
    },
    { id: 'batch', at: 1000, changes },
  );
  return { calls, reports };
}

describe('the mirror of the log', () => {
  it('has what was added, under the name that the batch has at every repetition', async () => {
    expect(await mirrored({ kind: 'added', event }, { kind: 'added', event: other })).toEqual({
      calls: [['events', 'batch', 1000, [event, other]]],
      reports: [],
    });
  });

  it('tells of events that were written over or removed, by their places, and keeps both', async () => {
    const altered = [
      { kind: 'altered', before: event, after: other },
      { kind: 'altered', before: other },
    ] as const;

    expect(await mirrored(...altered, { kind: 'added', event })).toEqual({
      calls: [
        ['alterations', 'batch', 1000, altered],
        ['events', 'batch', 1000, [event]],
      ],
      reports: ['audit-altered: Events were changed or removed: 2026-07/1 2026-08/1'],
    });
  });
});
