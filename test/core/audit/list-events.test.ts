import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventStore } from '../../../lambda/adapters/audit-table/event-store.ts';
import type { AuditEvent } from '../../../lambda/core/audit/event.ts';
import type { EventStore } from '../../../lambda/core/audit/event-store.ts';
import type { EventFilter, EventPosition } from '../../../lambda/core/audit/list-events.ts';
import { listEvents } from '../../../lambda/core/audit/list-events.ts';
import type { LibraryFixture } from '../../adapters/library-fixture.ts';
import { startLibraryFixture } from '../../adapters/library-fixture.ts';

/* Events of two years in the chains of a real table, held against a list in memory. */
let fixture: LibraryFixture;
let store: EventStore;
const written: AuditEvent[] = [];

const EVENTS = 240;
const AT_ONCE = 12;
const ALL: EventFilter = { from: '2025-01-01T00:00:00.000Z', to: '2027-01-01T00:00:00.000Z' };

const eventOf = (index: number): AuditEvent => ({
  id: index.toString(16).padStart(24, '0'),
  action: index % 3 === 0 ? 'file.moved' : 'file.updated',
  caller: { kind: 'private-key', id: `key${index % 5}` },
  object: { kind: 'file', id: `f${index % 7}` },
  at: new Date(Date.parse('2025-12-31T23:00:00Z') + index * 30_000).toISOString(),
  source: 'api',
  requestId: 'r',
});

beforeAll(async () => {
  fixture = await startLibraryFixture();
  store = eventStore(DynamoDBDocumentClient.from(fixture.client), fixture.auditTable);
  // Several at once, so that there are several chains.
  for (let start = 0; start < EVENTS; start += AT_ONCE) {
    const batch = Array.from({ length: AT_ONCE }, (_, index) => eventOf(start + index));
    written.push(...batch);
    await Promise.all(batch.map((event) => fixture.commit([], event)));
  }
});

afterAll(() => fixture.close());

const expected = (fits: (event: AuditEvent) => boolean) =>
  written
    .filter(fits)
    .map(({ id }) => id)
    .toReversed();

/** Those that were written at the same time stand in any order. */
const roundOf = (id: string) => Math.floor(Number.parseInt(id, 16) / AT_ONCE);

function expectNewestFirst(ids: readonly string[], wanted: readonly string[]): void {
  expect(ids.toSorted()).toEqual(wanted.toSorted());
  expect(ids.map(roundOf)).toEqual(wanted.map(roundOf));
}

async function listAll(filter: EventFilter, limit: number): Promise<string[]> {
  const ids: string[] = [];
  let next: EventPosition | undefined;
  do {
    const part = await listEvents(store, filter, limit, next);
    ids.push(...part.events.map(({ id }) => id));
    next = part.next;
  } while (next);
  return ids;
}

describe('a list of events', () => {
  it('has each once, the newest first, over chains, parts and the turn of the year', async () => {
    expect(new Set(written.map(({ at }) => at.slice(0, 4))).size).toBe(2);
    expectNewestFirst(
      await listAll(ALL, 37),
      expected(() => true),
    );
  });

  it.each<[string, Partial<EventFilter>, (event: AuditEvent) => boolean]>([
    ['of an action', { action: 'file.moved' }, ({ action }) => action === 'file.moved'],
    ['of a caller', { callerId: 'key3' }, ({ caller }) => caller.id === 'key3'],
    ['about an object', { objectId: 'f2' }, ({ object }) => object.id === 'f2'],
    [
      'of a time',
      { from: '2025-12-31T23:30:00.000Z', to: '2026-01-01T00:10:00.000Z' },
      ({ at }) => at >= '2025-12-31T23:30:00.000Z' && at < '2026-01-01T00:10:00.000Z',
    ],
    ['that nothing fits', { callerId: 'nobody' }, () => false],
  ])('%s has those and no others', async (_, filter, fits) => {
    expectNewestFirst(await listAll({ ...ALL, ...filter }, 20), expected(fits));
  });

  it('goes on where it was, whatever is written meanwhile', async () => {
    const first = await listEvents(store, ALL, 50);
    const late = { ...eventOf(EVENTS), id: 'f'.repeat(24) };
    await fixture.commit([], late);
    const second = await listEvents(store, ALL, 50, first.next);

    const ids = [...first.events, ...second.events].map(({ id }) => id);
    expect(new Set(ids).size).toBe(100);
    expect(ids.map(roundOf)).toEqual(
      expected(() => true)
        .slice(0, 100)
        .map(roundOf),
    );
  });
});
