import { beforeEach, expect, it } from 'vitest';
import type { AuditEvent } from '../../../../lambda/core/audit/event.ts';
import type { WatchRegionDeps } from '../../../../lambda/core/protection/failover/watch-region.ts';
import { watchRegion } from '../../../../lambda/core/protection/failover/watch-region.ts';
import { makeEvent } from '../../audit/told-events.ts';
import { storeOf } from '../published/memory-publication.ts';

const HOME = 'eu-west-1';
const AWAY = 'us-west-2';
const MINUTE = 60_000;

let now: number;
let edge: ReturnType<typeof storeOf>;
let told: AuditEvent[];
let down: string[];
let noted: readonly number[];
let writes: number;

beforeEach(() => {
  now = Date.parse('2026-11-30T00:00:00Z');
  edge = storeOf({});
  told = [];
  down = [AWAY];
  noted = [];
  writes = 0;
});

const deps = (changes: Partial<WatchRegionDeps> = {}): WatchRegionDeps => ({
  watched: AWAY,
  region: HOME,
  answers: async (region) => !down.includes(region),
  failures: {
    read: async () => noted,
    write: async (times) => {
      noted = times;
      writes++;
    },
  },
  edgeSettings: edge.store,
  regions: { home: HOME, all: async () => [HOME, AWAY] },
  fallbackOf: async () => HOME,
  endpoints: () => Promise.reject(new Error('not listed')),
  clock: () => now,
  makeEvent,
  record: async (event) => void told.push(event),
  ...changes,
});

/** One run a minute. @param states whether the region is there at each */
async function minutes(states: readonly boolean[], changes: Partial<WatchRegionDeps> = {}): Promise<string[]> {
  const outcomes: string[] = [];
  for (const isThere of states) {
    down = isThere ? [] : [AWAY];
    outcomes.push(await watchRegion(deps(changes)));
    now += MINUTE;
  }
  return outcomes;
}

it('begins a failover when nobody answered three times, as the alarm’s act', async () => {
  expect(await minutes([false, false, false])).toEqual(['failing', 'failing', 'begun']);
  expect(edge.held()[`failover:${AWAY}`]).toMatch(new RegExp(`^\\d+ ${HOME}$`));
  expect(told).toMatchObject([
    {
      action: 'failover.begun',
      caller: { kind: 'system', id: 'health-alarm' },
      after: { to: HOME, until: '2026-11-30T00:32:00.000Z' },
    },
  ]);
});

it('leaves one that goes on alone, and begins it again shortly before its end', async () => {
  await minutes([false, false, false]);
  const after = await minutes(Array.from({ length: 28 }, () => false));

  expect(after.filter((one) => one === 'begun')).toHaveLength(1);
  expect(told).toHaveLength(2);
});

it('a region that comes and goes begins one, and no storm of them (REG-004)', async () => {
  const flapping = Array.from({ length: 120 }, (_, minute) => minute % 2 === 0);
  const outcomes = await minutes(flapping);

  // Half an hour each, and not one for each failure.
  expect(outcomes.filter((one) => one === 'begun').length).toBeLessThanOrEqual(5);
  expect(told.length).toBeLessThanOrEqual(5);
});

it('failures far apart are none', async () => {
  const seldom = Array.from({ length: 60 }, (_, minute) => minute % 3 !== 0);

  expect(new Set(await minutes(seldom))).toEqual(new Set(['there', 'failing']));
});

it('writes nothing while the region answers', async () => {
  await minutes([true, true, true]);

  expect([writes, told, edge.held()]).toEqual([0, [], {}]);
});

it('says nothing of another region while it does not reach itself', async () => {
  down = [HOME, AWAY];

  expect(await watchRegion(deps())).toBe('blind');
  expect(writes).toBe(0);
});

it('declares nothing down that nobody could answer for', async () => {
  expect(await minutes([false, false, false, false], { fallbackOf: async () => undefined })).toEqual(
    Array(4).fill('failing'),
  );
  expect(edge.held()).toEqual({});

  edge = storeOf({ 'failover:': String(now / 1000 + 3600) });
  expect(await minutes([false, false, false, false])).toEqual(Array(4).fill('failing'));
  expect(told).toEqual([]);
});

it('asks whoever is to answer first: one that is away as well is no help', async () => {
  const third = { fallbackOf: async () => 'ap-south-1', answers: async (region: string) => region === HOME };
  expect(await minutes([false, false, false, false], third)).toEqual(Array(4).fill('failing'));
  expect([edge.held(), told]).toEqual([{}, []]);

  expect(await minutes([false], { ...third, answers: async (region) => region !== AWAY })).toEqual(['begun']);
  expect(edge.held()[`failover:${AWAY}`]).toMatch(/ ap-south-1$/);
});
