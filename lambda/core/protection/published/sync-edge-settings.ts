import type { EdgeSource, SettingsChange, SettingsStore } from './edge-settings.ts';

export interface SyncEdgeSettingsDeps {
  /** All of them: what no source wants is taken out of the store. */
  readonly sources: readonly EdgeSource[];
  readonly store: SettingsStore;
}

/** Rounds before a store that others keep changing is left to the publication of the next minute. */
const ROUNDS = 5;

/**
 * Brings the edge's settings to what the sources say, changing only what differs. Called after every change of settings
 * and every minute, for what begins, ends or failed meanwhile. The store is read before the sources and changed only in
 * the state in which it was read: of two callers at once, the one with the older view cannot have the last word.
 * @returns how many entries were put or deleted
 * @throws when a source or the store fails; nothing is changed for a source that cannot be read
 */
export async function syncEdgeSettings({ sources, store }: SyncEdgeSettingsDeps): Promise<number> {
  for (let round = 0; round < ROUNDS; round++) {
    const { entries, version } = await store.read();
    const change = differences(entries, await wantedEntries(sources));
    const size = change.puts.size + change.deletes.length;
    if (size === 0 || (await store.change(change, version))) return size;
  }
  throw new Error('The settings of the edge are being changed by too many callers at once.');
}

async function wantedEntries(sources: readonly EdgeSource[]): Promise<ReadonlyMap<string, string>> {
  const maps = await Promise.all(sources.map((source) => source.entries()));
  const wanted = new Map<string, string>();
  for (const [key, value] of maps.flatMap((map) => [...map])) {
    if (wanted.has(key)) throw new Error(`Two sources want the edge's setting ${key}.`);
    wanted.set(key, value);
  }
  return wanted;
}

function differences(held: ReadonlyMap<string, string>, wanted: ReadonlyMap<string, string>): SettingsChange {
  return {
    puts: new Map([...wanted].filter(([key, value]) => held.get(key) !== value)),
    deletes: [...held.keys()].filter((key) => !wanted.has(key)),
  };
}
