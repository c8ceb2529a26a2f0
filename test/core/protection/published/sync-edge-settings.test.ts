import { describe, expect, it } from 'vitest';
import type { EdgeSource, SettingsStore } from '../../../../lambda/core/protection/published/edge-settings.ts';
import { syncEdgeSettings } from '../../../../lambda/core/protection/published/sync-edge-settings.ts';

const source = (entries: Record<string, string>): EdgeSource => ({
  entries: async () => new Map(Object.entries(entries)),
});

/** Keeps settings in memory; `meanwhile` runs before each change, as another caller would. */
function storeOf(entries: Record<string, string>, meanwhile: (held: Map<string, string>) => boolean = () => false) {
  const held = new Map(Object.entries(entries));
  let version = 1;
  let changes = 0;
  const store: SettingsStore = {
    read: async () => ({ entries: new Map(held), version: String(version) }),
    change: async ({ puts, deletes }, expected) => {
      if (meanwhile(held)) version++;
      if (String(version) !== expected) return false;
      for (const [key, value] of puts) held.set(key, value);
      for (const key of deletes) held.delete(key);
      version++;
      changes++;
      return true;
    },
  };
  return { store, held: () => Object.fromEntries(held), changes: () => changes };
}

describe('syncEdgeSettings', () => {
  it('puts what is new or different and deletes what nobody wants', async () => {
    const { store, held } = storeOf({ same: '1', other: '1', gone: '1' });

    const count = await syncEdgeSettings({
      sources: [source({ same: '1', other: '2' }), source({ more: '1' })],
      store,
    });

    expect(held()).toEqual({ same: '1', other: '2', more: '1' });
    expect(count).toBe(3);
  });

  it('writes nothing when nothing differs', async () => {
    const { store, changes } = storeOf({ same: '1' });

    expect(await syncEdgeSettings({ sources: [source({ same: '1' })], store })).toBe(0);
    expect(changes()).toBe(0);
  });

  it('leaves everything as it is when a source cannot be read', async () => {
    const { store, held } = storeOf({ 'endpoint:default': '1' });
    const broken: EdgeSource = { entries: () => Promise.reject(new Error('unreachable')) };

    await expect(syncEdgeSettings({ sources: [source({}), broken], store })).rejects.toThrow('unreachable');
    expect(held()).toEqual({ 'endpoint:default': '1' });
  });

  it('works the change out again when somebody else changed the store meanwhile', async () => {
    let others = 2;
    const { store, held } = storeOf({}, (entries) => {
      if (others-- <= 0) return false;
      entries.set('theirs', String(others));
      return true;
    });

    await syncEdgeSettings({ sources: [source({ ours: '1' })], store });

    expect(held()).toEqual({ ours: '1' });
  });

  it('gives up when the store never rests, and refuses two owners of one key', async () => {
    await expect(
      syncEdgeSettings({ sources: [source({ ours: '1' })], store: storeOf({}, () => true).store }),
    ).rejects.toThrow('too many callers');
    await expect(
      syncEdgeSettings({ sources: [source({ a: '1' }), source({ a: '1' })], store: storeOf({}).store }),
    ).rejects.toThrow('Two sources');
  });
});
