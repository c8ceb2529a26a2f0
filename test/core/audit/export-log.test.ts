import { describe, expect, it } from 'vitest';
import { OWNER } from '../../../lambda/core/accounts/owner.ts';
import type { AuditEvent } from '../../../lambda/core/audit/event.ts';
import { type ChainedEvent, chainEvent, emptyChain, headAfter } from '../../../lambda/core/audit/event-chain.ts';
import type { ExportFormat, ExportPosition } from '../../../lambda/core/audit/export-log.ts';
import { exportLog } from '../../../lambda/core/audit/export-log.ts';
import { LogReadings, NOTED_FOR } from '../../../lambda/core/audit/log-readings.ts';
import { makeEvent, someEvent } from './told-events.ts';

/** A page of the store has fewer events than it is asked for, as a page of DynamoDB that is full by its bytes. */
const PAGE = 120;

let now = 0;

function logOf(lengths: Readonly<Record<string, number>>) {
  const chains = new Map(
    Object.entries(lengths).map(([chain, length]) => {
      const events: ChainedEvent[] = [];
      while (events.length < length) {
        const last = events.at(-1);
        events.push(chainEvent(last ? headAfter(last) : emptyChain(chain), someEvent()));
      }
      return [chain, events];
    }),
  );
  const recorded: AuditEvent[] = [];
  const deps = {
    events: {
      before: async () => [],
      after: async (chain: string, sequence: number, limit: number) =>
        (chains.get(chain) ?? []).slice(sequence, sequence + Math.min(limit, PAGE)),
    },
    makeEvent,
    readings: new LogReadings(() => now),
    record: async (event: AuditEvent) => void recorded.push(event),
  };
  return { deps, recorded, events: [...chains.values()].flat() };
}

async function partsOf({ deps }: ReturnType<typeof logOf>, format: ExportFormat): Promise<string[]> {
  const parts: string[] = [];
  let position: ExportPosition | undefined;
  do {
    const { text, next } = await exportLog(deps, OWNER, { year: '2026', format }, position);
    parts.push(text);
    position = next;
  } while (position);
  return parts;
}

describe('an export of the log', () => {
  it('has every event of the year once, chain by chain, in parts of 500', async () => {
    const log = logOf({ '2026-00': 300, '2026-07': 450, '2026-63': 1 });
    const parts = await partsOf(log, 'jsonl');
    const lines = parts.map((text) => text.split('\n').filter(Boolean));

    expect(lines.map(({ length }) => length)).toEqual([500, 251]);
    expect(lines.flat().map((line) => JSON.parse(line).hash)).toEqual(log.events.map(({ hash }) => hash));
  });

  it('has one head as a table, and is told of once', async () => {
    const log = logOf({ '2026-00': 300, '2026-07': 450 });
    const rows = (await partsOf(log, 'csv')).join('').split('\r\n');

    expect(rows.filter((row) => row.startsWith('at,action'))).toHaveLength(1);
    expect(rows).toHaveLength(750 + 2);
    expect(log.recorded).toMatchObject([
      { action: 'audit.exported', object: { kind: 'audit-log', id: '2026' }, after: { format: 'csv' } },
    ]);
  });

  it('is told of each time that one begins', async () => {
    const log = logOf({ '2026-00': 600 });
    await partsOf(log, 'jsonl');
    await partsOf(log, 'jsonl');

    expect(log.recorded).toHaveLength(2);
  });

  it('is told of when it begins with a cursor that nobody was given, and when it goes on much later', async () => {
    const log = logOf({ '2026-00': 600 });
    const wanted = { year: '2026', format: 'jsonl' } as const;
    const { next } = await exportLog(log.deps, OWNER, wanted, { chain: 0, after: 0 });
    expect(log.recorded).toHaveLength(1);

    await exportLog(log.deps, OWNER, wanted, next);
    expect(log.recorded).toHaveLength(1);
    await exportLog(log.deps, { ...OWNER, id: 'another' }, wanted, next);
    expect(log.recorded).toHaveLength(2);
    now += NOTED_FOR;
    await exportLog(log.deps, OWNER, wanted, next);
    expect(log.recorded).toHaveLength(3);
  });

  it('is told of again when the process has forgotten that it was, because many others read', async () => {
    const log = logOf({ '2026-00': 1 });
    const wanted = { year: '2026', format: 'jsonl' } as const;
    const read = (id: string) => exportLog(log.deps, { ...OWNER, id }, wanted, { chain: 0, after: 0 });
    for (let reader = 0; reader <= 1000; reader++) await read(`reader-${reader}`);
    expect(log.recorded).toHaveLength(1001);

    await read('reader-1000');
    await read('reader-0');

    expect(log.recorded).toHaveLength(1002);
  });

  it('gives nothing when it cannot be told of', async () => {
    const { deps } = logOf({ '2026-00': 1 });
    const record = () => Promise.reject(new Error('busy'));

    await expect(exportLog({ ...deps, record }, OWNER, { year: '2026', format: 'csv' })).rejects.toThrow('busy');
  });
});
