import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../../../lambda/core/audit/event.ts';
import type { ManageFailoversDeps } from '../../../../lambda/core/protection/failover/manage-failovers.ts';
import {
  beginFailover,
  endFailover,
  listFailovers,
} from '../../../../lambda/core/protection/failover/manage-failovers.ts';
import { UNCHANGED_DEFAULT } from '../../../../lambda/core/settings/endpoints/endpoint.ts';
import { makeEvent } from '../../audit/told-events.ts';
import { OWNER } from '../../kernel/callers.ts';
import { storeOf } from '../published/memory-publication.ts';

const HOME = 'eu-west-1';
const AWAY = 'us-west-2';
const REASON = 'It does not answer';

const WEST = { ...UNCHANGED_DEFAULT, id: 'e1', urlPrefix: 'west', region: AWAY };
const LOCKED = { ...WEST, id: 'e2', urlPrefix: 'locked', residencyLock: true };

let now: number;
let edge: ReturnType<typeof storeOf>;
let told: AuditEvent[];

beforeEach(() => {
  now = Date.parse('2026-11-30T00:00:00Z');
  edge = storeOf({ 'endpoint:default': '{"paused":false}' });
  told = [];
});

const deps = (changes: Partial<ManageFailoversDeps> = {}): ManageFailoversDeps => ({
  edgeSettings: edge.store,
  regions: { home: HOME, all: async () => [HOME, AWAY] },
  fallbackOf: async () => undefined,
  endpoints: async () => [UNCHANGED_DEFAULT, WEST, LOCKED],
  region: HOME,
  clock: () => now,
  makeEvent,
  record: async (event) => void told.push(event),
  ...changes,
});

describe('a failover', () => {
  it('lasts an hour, is told with its reason, and changes nothing else at the edge', async () => {
    const begun = await beginFailover(deps(), OWNER, { region: AWAY, reason: REASON });

    expect(begun).toEqual({ region: AWAY, until: '2026-11-30T01:00:00.000Z', staysOut: ['e1', 'e2'] });
    expect(edge.held()).toEqual({ 'endpoint:default': '{"paused":false}', [`failover:${AWAY}`]: '1796000400' });
    expect(told).toMatchObject([
      {
        action: 'failover.begun',
        object: { kind: 'region', id: AWAY },
        after: { region: AWAY, until: begun.until, reason: REASON },
      },
    ]);
  });

  it('goes to the region that has the copy, and says which endpoints stay out', async () => {
    const begun = await beginFailover(deps({ fallbackOf: async () => HOME }), OWNER, { region: AWAY, reason: REASON });

    expect(begun).toMatchObject({ to: HOME, staysOut: ['e2'] });
    expect(edge.held()[`failover:${AWAY}`]).toBe(`1796000400 ${HOME}`);
    expect(told[0]?.after).toMatchObject({ to: HOME });
    expect(await listFailovers(deps())).toEqual([{ region: AWAY, until: begun.until, to: HOME }]);
  });

  it('goes to no region that is down itself', async () => {
    const regions = { home: HOME, all: async () => [HOME, AWAY, 'ap-south-1'] };
    const others = deps({ regions, fallbackOf: async () => 'ap-south-1' });
    await beginFailover(others, OWNER, { region: 'ap-south-1', reason: REASON });

    expect(await beginFailover(others, OWNER, { region: AWAY, reason: REASON })).not.toHaveProperty('to');
  });

  it('begins although nobody knows the endpoints', async () => {
    const endpoints = () => Promise.reject(new Error('home is away'));

    expect(await beginFailover(deps({ endpoints }), OWNER, { region: AWAY, reason: REASON })).not.toHaveProperty(
      'staysOut',
    );
  });

  it('of home is set by another region', async () => {
    await beginFailover(deps({ region: AWAY }), OWNER, { region: HOME, minutes: 5, reason: REASON });

    expect(edge.held()['failover:']).toBe('1795997100');
    expect(await listFailovers(deps())).toEqual([{ region: HOME, until: '2026-11-30T00:05:00.000Z' }]);
  });

  it('ends by itself', async () => {
    await beginFailover(deps(), OWNER, { region: AWAY, minutes: 1, reason: REASON });
    expect(await listFailovers(deps())).toHaveLength(1);

    now += 60_000;

    expect(await listFailovers(deps())).toEqual([]);
    await expect(endFailover(deps(), OWNER, AWAY)).rejects.toMatchObject({ code: 'failover.not-found' });
  });

  it('ends before that when somebody says so, and that is told', async () => {
    await beginFailover(deps(), OWNER, { region: AWAY, reason: REASON });
    await endFailover(deps(), OWNER, AWAY);

    expect(edge.held()).toEqual({ 'endpoint:default': '{"paused":false}' });
    expect(told.map(({ action }) => action)).toEqual(['failover.begun', 'failover.ended']);
  });

  it.each([
    [HOME, undefined, 'This is the API of eu-west-1; ask the API of another region.'],
    ['ap-south-1', undefined, 'region must be one of us-west-2.'],
    [AWAY, 1441, 'A failover lasts at most 1440 minutes.'],
  ])('of %s for %s minutes is refused', async (region, minutes, message) => {
    const begun = beginFailover(deps(), OWNER, { region, minutes, reason: REASON });

    await expect(begun).rejects.toMatchObject({ code: 'failover.invalid', message });
    expect(told).toEqual([]);
  });

  it('needs a second region', async () => {
    const regions = { home: HOME, all: async () => [HOME] };

    await expect(beginFailover(deps({ regions }), OWNER, { region: AWAY, reason: REASON })).rejects.toMatchObject({
      message: 'The deployment has one region, and no other one could take over.',
    });
  });

  it('that the edge does not take is told to have failed', async () => {
    const edgeSettings = { ...edge.store, change: async () => undefined };

    await expect(beginFailover(deps({ edgeSettings }), OWNER, { region: AWAY, reason: REASON })).rejects.toMatchObject({
      code: 'busy',
    });
    expect([told.length, told.at(-1)?.result]).toEqual([2, 'failed']);
  });
});
