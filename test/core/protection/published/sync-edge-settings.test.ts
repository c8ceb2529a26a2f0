import { beforeEach, describe, expect, it } from 'vitest';
import type { EdgeSource, SettingsStore } from '../../../../lambda/core/protection/published/edge-settings.ts';
import { syncEdgeSettings } from '../../../../lambda/core/protection/published/sync-edge-settings.ts';
import { recordInMemory, sourceOf, storeOf } from './memory-publication.ts';

const DAY = 86_400_000;

let record: ReturnType<typeof recordInMemory>;
let now: number;
let tokens: number;

beforeEach(() => {
  record = recordInMemory();
  now = 1_795_564_800_000;
  tokens = 0;
});

const sync = (store: SettingsStore, ...sources: EdgeSource[]) =>
  syncEdgeSettings({ sources, store, record, clock: () => now, hexId: () => String(tokens++) });

describe('syncEdgeSettings', () => {
  it('puts what is new or different and deletes what nobody wants', async () => {
    const { store, held } = storeOf({ same: '1', other: '1', gone: '1' });

    const count = await sync(store, sourceOf({ same: '1', other: '2' }), sourceOf({ more: '1' }));

    expect(held()).toEqual({ same: '1', other: '2', more: '1' });
    expect(count).toBe(3);
  });

  it('leaves failovers alone, which others set', async () => {
    const { store, held } = storeOf({ 'failover:us-west-2': '1', gone: '1' });

    await sync(store, sourceOf({ more: '1' }));

    expect(held()).toEqual({ 'failover:us-west-2': '1', more: '1' });
  });

  it('does not call the store while the sources say what was published last, and makes a change in one call', async () => {
    const { store, held, calls } = storeOf({});
    await sync(store, sourceOf({ same: '1', other: '1', gone: '1' }));
    expect(calls).toEqual({ reads: 1, changes: 1 });

    for (let minute = 0; minute < 100; minute++) {
      now += 60_000;
      expect(await sync(store, sourceOf({ gone: '1', same: '1', other: '1' }))).toBe(0);
    }
    expect(calls).toEqual({ reads: 1, changes: 1 });

    expect(await sync(store, sourceOf({ same: '1', other: '2', more: '1' }))).toBe(3);
    expect(held()).toEqual({ same: '1', other: '2', more: '1' });
    expect(calls).toEqual({ reads: 1, changes: 2 });
  });

  it('compares once a day, and then mends what somebody changed by hand', async () => {
    const { store, held, calls } = storeOf({});
    await sync(store, sourceOf({ ours: '1' }));
    await store.change({ puts: new Map([['theirs', '1']]), deletes: [] }, '2');

    now += DAY - 1;
    await sync(store, sourceOf({ ours: '1' }));
    expect(calls.reads).toBe(1);
    now += 1;
    await sync(store, sourceOf({ ours: '1' }));

    expect(calls.reads).toBe(2);
    expect(held()).toEqual({ ours: '1' });
  });

  it('knows nothing of a store that takes the place of another', async () => {
    const { store, held, replace } = storeOf({});
    await sync(store, sourceOf({ ours: '1' }));
    replace();

    await sync(store, sourceOf({ ours: '1' }));

    expect(held()).toEqual({ ours: '1' });
  });

  it('leaves everything as it is when a source cannot be read', async () => {
    const { store, held } = storeOf({ 'endpoint:default': '1' });
    const broken: EdgeSource = { entries: () => Promise.reject(new Error('unreachable')) };

    await expect(sync(store, sourceOf({}), broken)).rejects.toThrow('unreachable');
    expect(held()).toEqual({ 'endpoint:default': '1' });
  });

  it('works the change out again when somebody else changed the store meanwhile', async () => {
    let others = 2;
    const { store, held } = storeOf({}, (entries) => {
      if (others-- <= 0) return false;
      entries.set('theirs', String(others));
      return true;
    });

    await sync(store, sourceOf({ ours: '1' }));

    expect(held()).toEqual({ ours: '1' });
  });

  it('reads the store after a publisher that died between its change and its record', async () => {
    const { store, held, calls } = storeOf({});
    await sync(store, sourceOf({ ours: '1' }));
    const { finish } = record;
    record.finish = () => Promise.reject(new Error('killed'));
    await expect(sync(store, sourceOf({ ours: '2' }))).rejects.toThrow('killed');
    record.finish = finish;

    await sync(store, sourceOf({ ours: '1' }));

    expect(held()).toEqual({ ours: '1' });
    expect(calls.reads).toBe(2);
  });

  it('of two publishers at once the one with the older view has neither the last word nor the record', async () => {
    const { store, held, calls } = storeOf({});
    await sync(store, sourceOf({ ours: '1' }));
    let settings = { ours: '2' };
    const current: EdgeSource = { entries: async () => new Map(Object.entries(settings)) };
    const slow: SettingsStore = {
      ...store,
      change: async (change, version) => {
        if (settings.ours === '2') {
          settings = { ours: '3' };
          await sync(store, current);
        }
        return store.change(change, version);
      },
    };

    await sync(slow, current);
    expect(held()).toEqual({ ours: '3' });

    const { reads } = calls;
    await sync(store, current);
    expect(calls.reads).toBe(reads + 1);
  });

  it('gives up when the store never rests, and refuses two owners of one key', async () => {
    await expect(sync(storeOf({}, () => true).store, sourceOf({ ours: '1' }))).rejects.toThrow('too many callers');
    await expect(sync(storeOf({}).store, sourceOf({ a: '1' }), sourceOf({ a: '1' }))).rejects.toThrow('Two sources');
  });
});
